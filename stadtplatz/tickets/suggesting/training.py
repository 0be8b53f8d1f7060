"""Learning from reports whose category is known: a linear model with calibrated probabilities.

Letters, words and stems each make reports more or less alike; the weights are found among the reports themselves (as many
unknowns as reports, not as features), which makes trying several strengths cheap. Chosen by inner cross-validation over
blocks of neighbouring reports. See docs/decisions/category-suggestion.md.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from stadtplatz.tickets.suggesting.features import BLOCKS
from stadtplatz.tickets.suggesting.likeness import Texts, likeness, read_texts
from stadtplatz.tickets.suggesting.model import Model
from stadtplatz.tickets.suggesting.solving import separate, share

Array = np.ndarray
SHARES = (0.5, 0.25, 0.25)
"""How much letters, words and stems count."""
MOST = 6_000
"""Reports one model is trained on; of more, the newest are taken, rare categories whole."""
STRENGTHS = (0.3, 1.0, 3.0)
BALANCES = (0.5, 0.2, 0.8)
BLENDS = (0.0, 0.3, 0.6)
SHARED = 20.0
_COMMON, _FLOOR = 0.3, 1e-5
Solver = Callable[[Array, Array, Array], Array]


@dataclass(frozen=True)
class Choice:
    """How strongly the reports are believed, how much rare categories are lifted, how much the shared loss counts."""

    strength: float
    balance: float
    blend: float


def train(
    texts: Sequence[str],
    categories: Sequence[str],
    hints: Sequence[tuple[str, str]] = (),
    about: dict[str, Any] | None = None,
    shares: tuple[float, ...] = SHARES,
    choice: Choice | None = None,
) -> Model:
    """The model these reports teach. Later reports stand further behind; same input, same model.

    `hints` are texts that describe a category (its name, its keywords). They are learned from, but nothing is tried on them.
    """
    chosen = newest(categories, MOST)
    known = set(categories)
    hints = [(text, category) for text, category in hints if category in known]
    texts = [texts[at] for at in chosen] + [text for text, _category in hints]
    categories = [categories[at] for at in chosen] + [category for _text, category in hints]
    names = sorted(known)
    truth = np.array([names.index(category) for category in categories])
    read = read_texts(texts)
    points = _points(read, shares)
    steepness = 1.0
    if choice is None:
        choice, steepness = _choose(points, truth, len(names), len(chosen))
    solution = _solve(points, truth, len(names), choice)
    about = {"reports": len(chosen), **(about or {}), "choice": vars(choice)}
    return _export(read, points, solution, names, shares, steepness, about)


def train_plainly(texts: Sequence[str], categories: Sequence[str]) -> Model:
    """What usual tools do unasked - words weighted by rarity, one strength - to compare with."""
    return train(texts, categories, shares=(0.0, 1.0, 0.0), choice=Choice(1.0, 0.0, 0.0))


def newest(categories: Sequence[str], most: int) -> list[int]:
    """The places of the reports to learn from: all, else the last ones, with all of categories that have few."""
    if len(categories) <= most:
        return list(range(len(categories)))
    fair = most // len(set(categories))
    seen: Counter[str] = Counter()
    kept: list[int] = []
    rest: list[int] = []
    for at in reversed(range(len(categories))):
        seen[categories[at]] += 1
        (kept if seen[categories[at]] <= fair else rest).append(at)
    return sorted(kept + rest[: most - len(kept)])


def _points(read: Texts, shares: tuple[float, ...]) -> Array:
    """One row for each report such that products of rows are their likeness."""
    likenesses = sum(part * likeness(read, block) for block, part in enumerate(shares) if part)
    alike = np.asarray(likenesses + _COMMON).astype(np.float64)
    alike[np.diag_indices(read.size)] += _FLOOR
    return np.linalg.cholesky(alike).astype(np.float32)


def _choose(points: Array, truth: Array, count: int, reports: int) -> tuple[Choice, float]:
    """What did best on reports left out, and how steep its scores are to be read; behind the reports stand the hints.

    One thing after the other: first the strength, then the balance, then the blend.
    """
    known, folds = truth[:reports], _folds(truth[:reports])

    def held_out(strength: float, balance: float) -> Array:
        return _held_out(points, truth, folds, partial(separate, strength=strength), balance, count, reports)

    apart = {(strength, BALANCES[0]): held_out(strength, BALANCES[0]) for strength in STRENGTHS}
    strength = max(apart, key=lambda key: _worth(apart[key], known))[0]
    apart |= {(strength, balance): held_out(strength, balance) for balance in BALANCES[1:]}
    strength, balance = max(apart, key=lambda key: _worth(apart[key], known))
    shared = _held_out(points, truth, folds, partial(share, strength=SHARED), balance, count, reports)
    blended = {blend: apart[strength, balance] + blend * shared for blend in BLENDS}
    blend = max(blended, key=lambda key: _worth(blended[key], known))
    return Choice(strength, balance, blend), _steepness(blended[blend], known)


def _held_out(
    points: Array, truth: Array, folds: list[Array], solver: Solver, balance: float, count: int, reports: int
) -> Array:
    """The scores of each report from a solution that has not seen it."""
    scores = np.zeros((reports, count), np.float32)
    for out in folds:
        left = np.setdiff1d(np.arange(len(truth)), out)
        solution = _fit(points[left], truth[left], count, solver, balance)
        scores[out] = points[out] @ solution
    return scores


def _folds(truth: Array) -> list[Array]:
    """Blocks of neighbours of each category, as later reports differ from earlier ones; fewer where there are many."""
    count = 5 if len(truth) <= 2_500 else 3
    parts = [np.array_split(np.flatnonzero(truth == category), count) for category in np.unique(truth)]
    turned = [part[at % count :] + part[: at % count] for at, part in enumerate(parts)]
    return [np.concatenate(blocks) for blocks in zip(*turned, strict=True)]


def _solve(points: Array, truth: Array, count: int, choice: Choice) -> Array:
    solution = _fit(points, truth, count, partial(separate, strength=choice.strength), choice.balance)
    if choice.blend:
        solution += choice.blend * _fit(points, truth, count, partial(share, strength=SHARED), choice.balance)
    return solution


def _fit(points: Array, truth: Array, count: int, solver: Solver, balance: float) -> Array:
    """A solution brought to one size by the spread of its scores, so that two of them can be blended."""
    wanted = np.eye(count, dtype=np.float32)[truth]
    solution = solver(points, wanted, _lift(truth, count, balance))
    return solution / (points @ solution).std()


def _lift(truth: Array, count: int, balance: float) -> Array:
    """Weights of the reports: those of rare categories count more; one on average."""
    often = np.maximum(np.bincount(truth, minlength=count), 1)
    weights = ((len(truth) / count / often) ** balance)[truth]
    return (weights / weights.mean()).astype(np.float32)


def _worth(scores: Array, truth: Array) -> float:
    """What counts: the first suggestion, then all categories alike, then the first three."""
    first = scores.argmax(axis=1)
    three = np.argsort(-scores, axis=1)[:, :3]
    each = []
    for category in np.unique(np.concatenate([truth, first])):
        both = ((truth == category) & (first == category)).sum()
        each.append(2 * both / ((truth == category).sum() + (first == category).sum()))
    hit = (first == truth).mean()
    return float(hit + 0.5 * np.mean(each) + 0.5 * (three == truth[:, None]).any(axis=1).mean())


def _steepness(scores: Array, truth: Array) -> float:
    """The factor on the scores under which the true categories of left-out reports are most likely."""
    tries = np.exp(np.linspace(np.log(0.2), np.log(20), 60))

    def loss(factor: float) -> float:
        raised = scores * factor
        raised = raised - raised.max(axis=1, keepdims=True)
        return float((np.log(np.exp(raised).sum(axis=1)) - raised[np.arange(len(truth)), truth]).mean())

    return round(float(min(tries, key=loss)), 4)


def _export(
    read: Texts,
    points: Array,
    solution: Array,
    names: list[str],
    shares: tuple[float, ...],
    steepness: float,
    about: dict[str, Any],
) -> Model:
    """From weights of reports to weights of features, in whole numbers of one byte."""
    of_reports = np.linalg.solve(points.T.astype(np.float64), solution.astype(np.float64))
    weights = []
    for block, part in enumerate(shares):
        entries = np.sqrt(part) * read.values[block]
        count = len(read.keys[block])
        columns = [
            np.bincount(read.columns[block], entries * of_reports[read.rows[block], at], minlength=count)
            for at in range(len(names))
        ]
        weights.append(np.stack(columns, axis=1))
    kept = [_worth_keeping(read, block) for block in range(len(BLOCKS))]
    scale = max(float(np.abs(block[keep]).max()) for block, keep in zip(weights, kept, strict=True)) / 127
    start = _COMMON * of_reports.sum(axis=0)
    return Model(
        categories=names,
        size=read.size,
        shares=[float(np.sqrt(part)) for part in shares],
        scale=float(f"{scale:.6g}"),
        start=[round(float(value), 4) for value in start],
        steepness=steepness,
        keys=[array("I", read.keys[block][keep].tolist()) for block, keep in enumerate(kept)],
        frequencies=[array("H", read.frequencies[block][keep].tolist()) for block, keep in enumerate(kept)],
        weights=[
            (np.clip(np.rint(block[keep] / scale), -127, 127) + 128).astype(np.uint8).tobytes()
            for block, keep in zip(weights, kept, strict=True)
        ],
        about=about,
    )


def _worth_keeping(read: Texts, block: int) -> Array:
    """Features of at least two reports, and of one where they are words."""
    return np.flatnonzero(read.frequencies[block] >= (2 if BLOCKS[block] == "letters" else 1))
