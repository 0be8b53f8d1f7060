"""The invented market town of benchmarks/data, and how well the search answers what people ask there."""

import random
from dataclasses import dataclass
from math import log2
from pathlib import Path

from stadtplatz.search import actions, queries

DATA = Path(__file__).resolve().parents[3] / "benchmarks" / "data"
WEIGHTS = {"street": 0.6, "place": 0.9}


@dataclass(frozen=True)
class Judged:
    """A query and what people would be glad to see, from 1 (better than nothing) to 3 (that is it)."""

    text: str
    grades: dict[str, int]


def documents() -> list[actions.Pushed]:
    """All things of the town, ready to push."""
    found = []
    for line in _lines("town.txt"):
        head, title, keywords, body = (part.strip() for part in line.split("|", 3))
        kind, key = head.split()
        found.append(
            actions.Pushed(
                kind=kind, key=key, title=title, keywords=keywords, body=body, url=f"/{kind}/{key}/",
                weight=WEIGHTS.get(kind, 1.0),
            )
        )  # fmt: skip
    return found


def judged() -> list[Judged]:
    """All queries with their grades."""
    found = []
    for line in _lines("queries.txt"):
        text, grades = line.split("|")
        found.append(
            Judged(text.strip(), {key: int(grade) for key, grade in (one.split("=") for one in grades.split())})
        )
    return found


def load() -> None:
    """Push the town and learn its words."""
    actions.push_many(documents())
    actions.learn()


def success_at_5(query: Judged, keys: list[str]) -> bool:
    """Whether one of the first five is what was meant."""
    return any(query.grades.get(key) == 3 for key in keys[:5])


def ndcg_at_10(query: Judged, keys: list[str]) -> float:
    """Gain of the first ten, discounted by rank, against the best possible order."""
    best = sum(
        (2**grade - 1) / log2(rank + 2) for rank, grade in enumerate(sorted(query.grades.values(), reverse=True)[:10])
    )
    return sum((2 ** query.grades.get(key, 0) - 1) / log2(rank + 2) for rank, key in enumerate(keys[:10])) / best


def answers(query: str, limit: int = 10) -> list[str]:
    """The keys found, the best first."""
    return [hit.key for hit in queries.find(query, limit=limit).hits]


def quality() -> tuple[float, float, list[tuple[str, float, list[str]]]]:
    """success@5 and nDCG@10 over all queries, and each query with its own figure and answer."""
    rows = []
    hits = 0
    for query in judged():
        keys = answers(query.text)
        hits += success_at_5(query, keys)
        rows.append((query.text, ndcg_at_10(query, keys), keys))
    return hits / len(rows), sum(row[1] for row in rows) / len(rows), rows


def many(count: int, seed: int = 7) -> list[actions.Pushed]:
    """So many offers made from a small grammar; the same for the same seed."""
    dice = random.Random(seed)
    things, made_of, which, sentences = (line.split("|") for line in _lines("grammar.txt"))
    found = []
    for number in range(count):
        thing = dice.choice(things)
        noun = dice.choice(made_of) + thing.lower() if dice.random() < 0.7 else thing
        size = dice.choice(["", " 500 g", " 1 kg", " Größe 42", " 0,5 l", " 20 cm", " Nr. 7"])
        found.append(
            actions.Pushed(
                kind=dice.choice(["offer", "offer", "offer", "shop", "place"]), key=str(number), title=f"{dice.choice(which)} {noun}{size}",
                keywords=f"{thing} {dice.choice(made_of)}{dice.choice(things).lower()}", body=" ".join(dice.sample(sentences, 4)),
                url=f"/angebot/{number}/", lon=8.86 + dice.random() / 20, lat=48.58 + dice.random() / 20, weight=1.0,
            )
        )  # fmt: skip
    return found


def _lines(name: str) -> list[str]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
