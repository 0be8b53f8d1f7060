"""How good a model is on reports it has not seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from stadtplatz.tickets.suggesting.model import Model

THRESHOLDS = (0.5, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Figures:
    """Shares between 0 and 1. `macro_f1` counts each category alike that was reported or suggested among the held-out reports."""

    reports: int
    top_1: float
    top_3: float
    macro_f1: float
    at: dict[float, tuple[float, float]]
    """For each threshold the share of reports above it, and the share of right ones among these."""
    milliseconds: float
    by_category: dict[str, tuple[int, float, float]]
    """For each category its number of reports, precision and recall."""


def measure(model: Model, texts: Sequence[str], categories: Sequence[str]) -> Figures:
    """What the model suggests for these texts, against what they are about; as a web process would predict it."""
    started = perf_counter()
    suggested = [model.probabilities(text) for text in texts]
    taken = perf_counter() - started
    ranked = [sorted(row, key=lambda name: -row[name])[:3] for row in suggested]
    first = [row[0] for row in ranked]
    right = [name == category for name, category in zip(first, categories, strict=True)]
    sure = [row[name] for row, name in zip(suggested, first, strict=True)]
    return Figures(
        reports=len(texts),
        top_1=_mean(right),
        top_3=_mean([category in row for row, category in zip(ranked, categories, strict=True)]),
        macro_f1=macro_f1(first, categories),
        at={limit: _above(limit, sure, right) for limit in THRESHOLDS},
        milliseconds=1000 * taken / max(1, len(texts)),
        by_category=_by_category(first, categories),
    )


def macro_f1(suggested: Sequence[str], categories: Sequence[str]) -> float:
    """The mean of F1 over all categories that occur among the true or the suggested ones."""
    true, guessed = Counter(categories), Counter(suggested)
    both = Counter(name for name, category in zip(suggested, categories, strict=True) if name == category)
    names = true.keys() | guessed.keys()
    return sum(2 * both[name] / (true[name] + guessed[name]) for name in names) / max(1, len(names))


def lines(figures: Figures) -> list[str]:
    """The figures for people."""
    shown = [
        f"held-out reports  {figures.reports}",
        f"top-1             {figures.top_1:.3f}",
        f"top-3             {figures.top_3:.3f}",
        f"macro-F1          {figures.macro_f1:.3f}",
    ]
    for limit, (coverage, precision) in figures.at.items():
        shown.append(f"at {limit:.1f}            coverage {coverage:.3f}  precision {precision:.3f}")
    shown.append(f"time per report   {figures.milliseconds:.2f} ms")
    return shown


def _above(limit: float, sure: list[float], right: list[bool]) -> tuple[float, float]:
    hits = [hit for value, hit in zip(sure, right, strict=True) if value >= limit]
    return len(hits) / max(1, len(right)), _mean(hits)


def _by_category(suggested: Sequence[str], categories: Sequence[str]) -> dict[str, tuple[int, float, float]]:
    true, guessed = Counter(categories), Counter(suggested)
    both = Counter(name for name, category in zip(suggested, categories, strict=True) if name == category)
    return {
        name: (true[name], both[name] / guessed[name] if guessed[name] else 0.0, both[name] / count)
        for name, count in true.most_common()
    }


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
