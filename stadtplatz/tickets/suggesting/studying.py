"""Training and measuring as the commands do it: which reports are learned from, and which are held out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256

from stadtplatz.tickets.suggesting import corpus
from stadtplatz.tickets.suggesting.measuring import Figures, measure
from stadtplatz.tickets.suggesting.model import Model
from stadtplatz.tickets.suggesting.reading import FileRefused, Report
from stadtplatz.tickets.suggesting.training import train, train_plainly

HELD_OUT = 0.2
FEWEST, ENOUGH = 20, 30
"""Below the first a file is refused; categories with fewer own reports than the second get the invented ones as well."""


@dataclass(frozen=True)
class Study:
    """A model trained on the older part, its figures on the newer one, and those of a plain model to compare with."""

    learned: int
    model: Model
    figures: Figures
    plain: Figures
    unknown: int
    """Held-out reports of categories that the older part does not have: nothing could suggest them."""


def study(reports: list[Report], held_out: float = HELD_OUT) -> Study:
    """Learn from the older reports, measure on the newest; `reports` come oldest first."""
    check(reports)
    cut = len(reports) - max(1, round(len(reports) * held_out))
    return _study(_pairs(reports[:cut]), _pairs(reports[cut:]), hints=True)


def study_invented() -> Study:
    """The same for the reports that come with Stadtplatz: every fifth template is held out whole."""
    learned, out = corpus.held_out(corpus.invented_reports())
    return _study([(r.text, r.category) for r in learned], [(r.text, r.category) for r in out], hints=False)


def train_on(reports: list[Report]) -> Model:
    """A model of all reports, oldest first; where they are few and of known categories, the invented ones help."""
    check(reports)
    own = Counter(report.category for report in reports)
    added = []
    if any(report.category in own for report in corpus.invented_reports()):
        added = [(r.text, r.category) for r in corpus.invented_reports() if own[r.category] < ENOUGH]
    texts, categories = zip(*added, *_pairs(reports), strict=True)
    about = {"reports": len(reports), "invented": len(added), "source": _fingerprint(reports)}
    return train(texts, categories, _names_of(categories), about)


def train_on_invented() -> Model:
    """The model that comes with Stadtplatz."""
    reports = corpus.invented_reports()
    about = {"reports": 0, "invented": len(reports), "source": corpus.fingerprint()}
    return train([r.text for r in reports], [r.category for r in reports], about=about)


def check(reports: list[Report]) -> None:
    """Refuse what nothing can be learned from."""
    if len(reports) < FEWEST:
        raise FileRefused(f"Only {len(reports)} reports have a text and a category; at least {FEWEST} are needed.")
    if len({report.category for report in reports}) < 2:
        raise FileRefused("All reports are of one category; there is nothing to tell apart.")


def _study(learned: list[tuple[str, str]], out: list[tuple[str, str]], *, hints: bool) -> Study:
    texts, categories = zip(*learned, strict=True)
    if len(set(categories)) < 2:
        raise FileRefused("The older reports are all of one category; there is nothing to tell apart.")
    model = train(texts, categories, _names_of(categories) if hints else ())
    held_texts, held_categories = zip(*out, strict=True)
    return Study(
        learned=len(learned),
        model=model,
        figures=measure(model, held_texts, held_categories),
        plain=measure(train_plainly(texts, categories), held_texts, held_categories),
        unknown=sum(category not in set(categories) for category in held_categories),
    )


def _pairs(reports: list[Report]) -> list[tuple[str, str]]:
    return [(report.text, report.category) for report in reports]


def _names_of(categories: tuple[str, ...]) -> list[tuple[str, str]]:
    """What a category is called says something about it; that helps those with few reports."""
    return [(name.replace("-", " ").replace("_", " "), name) for name in sorted(set(categories))]


def _fingerprint(reports: list[Report]) -> str:
    whole = sha256()
    for report in reports:
        whole.update(f"{report.category}\0{report.text}\0".encode())
    return whole.hexdigest()[:16]
