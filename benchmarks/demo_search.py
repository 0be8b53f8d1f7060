"""How well the search answers what people ask in the demo town. Run: python -m benchmarks.demo_search [--worst]

Builds a demo town, or takes the one of VAR and DATABASE_URL with --here. Questions nothing in town answers are named apart.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from itertools import pairwise
from math import log2
from pathlib import Path

from benchmarks import towns

QUERIES = Path(__file__).with_name("data") / "demo_queries.txt"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--here", action="store_true", help="ask the town of this environment")
    options.add_argument("--worst", action="store_true", help="show the questions answered worst")
    chosen, _ = options.parse_known_args()
    if chosen.here:
        report(worst=chosen.worst)
        return
    for build in towns.BOTH:
        with build() as town:
            code = f"from benchmarks import demo_search; demo_search.report(worst={chosen.worst})"
            print(f"-- {town.name}\n{town.run('shell', '--verbosity', '0', '-c', code)}")


def report(*, worst: bool) -> None:
    """Print success@5 and nDCG@10 on the database of this process."""
    from stadtplatz.search import actions, queries
    from stadtplatz.search.models import Document

    actions.learn()
    texts = {
        (row.kind, row.key): f"{row.kind} {row.title} # {' '.join(row.keywords.split())}"
        for row in Document.objects.filter(public=True)
    }
    rows: list[tuple[bool, float, str]] = []
    unanswerable, begins = [], [0]
    for line in QUERIES.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            begins += [len(rows)] if " part" in line and rows else []
            continue
        query, meant, good = (part.strip() for part in line.split(" > "))
        grades = _grades(texts, meant, good)
        if 3 not in grades.values():
            unanswerable.append(query)
            continue
        keys = [(hit.kind, hit.key) for hit in queries.find(query, limit=10).hits]
        gains = [2 ** grades.get(key, 0) - 1 for key in keys]
        best = _discounted([2**grade - 1 for grade in sorted(grades.values(), reverse=True)[:10]])
        rows.append((any(grades.get(key) == 3 for key in keys[:5]), _discounted(gains) / best, query))
    for number, (begin, end) in enumerate(pairwise([*begins, len(rows)]), start=1):
        _tell(f"part {number}", rows[begin:end])
    _tell("all", rows)
    print(f"nothing in town answers: {', '.join(unanswerable)}")
    for found, figure, query in sorted(rows)[: 40 * worst]:
        print(f"  {'' if found else 'not '}among the first five, {figure:.2f}: {query}")


def _tell(name: str, rows: list[tuple[bool, float, str]]) -> None:
    success, gain = (sum(row[column] for row in rows) / len(rows) for column in (0, 1))
    print(f"quality of {name}, {len(rows)} judged queries: success@5 {success:.3f}, nDCG@10 {gain:.3f}")


def _grades(texts: dict[tuple[str, str], str], meant: str, good: str) -> dict[tuple[str, str], int]:
    grades = {}
    for key, text in texts.items():
        if re.search(meant, text):
            grades[key] = 3
        elif re.search(good, text):
            grades[key] = 2
    return grades


def _discounted(gains: list[int]) -> float:
    return sum(gain / log2(rank + 2) for rank, gain in enumerate(gains))


if __name__ == "__main__":
    if "--here" in sys.argv:
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stadtplatz.settings")
        django.setup()
    main()
