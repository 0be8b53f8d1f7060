"""How well and how fast the search answers. Run: python -m benchmarks.search [--worst] [--documents 10000]

Prints CPU ms of this process, and wall-clock ms, since PostgreSQL works in a process of its own.
"""

import argparse
import statistics
import time

from benchmarks import scratch

QUESTIONS = """
brot
dinkelbrot
kinderjacke winter
hammer 500 g
warme decke
frische
geschenk verpackt samstag
aplekuchen
lederschuhe
rote tasche aus leder
gartensäge
schu
holzregal große
goldring
garantie
""".strip().splitlines()
TYPED = """
b
br
bro
din
kin
kinder
kinderja
rote ta
gartens
schu
""".strip().splitlines()


def measure(name: str, function, questions, rounds: int = 5) -> None:
    for question in questions:
        function(question)
    cpu, wall = [], []
    for _ in range(rounds):
        for question in questions:
            cpu_before, wall_before = time.process_time(), time.perf_counter()
            function(question)
            cpu.append((time.process_time() - cpu_before) * 1000)
            wall.append((time.perf_counter() - wall_before) * 1000)
    late = int(len(cpu) * 0.95)
    print(
        f"{name}: CPU median {statistics.median(cpu):.1f} ms, p95 {sorted(cpu)[late]:.1f} ms; "
        f"wall median {statistics.median(wall):.1f} ms, p95 {sorted(wall)[late]:.1f} ms"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--worst", action="store_true", help="show the queries answered worst")
    options.add_argument("--documents", type=int, default=10_000)
    options, _ = options.parse_known_args()
    with scratch.town():
        report(options.documents, worst=options.worst)


def report(count: int, *, worst: bool) -> None:
    """Print quality and speed on the database of this run."""
    from django.db import connection

    from stadtplatz.search import actions, queries
    from stadtplatz.search.models import Document, Term, Trigram
    from stadtplatz.search.tests import town

    print(f"database: {connection.vendor}")
    town.load()
    success, gain, rows = town.quality()
    print(f"quality over {len(rows)} judged queries: success@5 {success:.3f}, nDCG@10 {gain:.3f}")
    for text, figure, keys in sorted(rows, key=lambda row: row[1])[: 40 * worst]:
        print(f"  {figure:.2f} {text}: {' '.join(keys[:8])}")
    Document.objects.all().delete()
    started = time.process_time()
    actions.push_many(town.many(count))
    print(f"push: {(time.process_time() - started) * 1000 / count:.2f} CPU ms per document")
    started = time.process_time()
    actions.learn()
    spent = (time.process_time() - started) * 1000 / count
    print(f"learn: {spent:.2f} CPU ms per document; {Term.objects.count()} words, {Trigram.objects.count()} trigrams")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    measure(f"find over {count} documents", queries.find, QUESTIONS)
    measure(f"suggest over {count} documents", queries.suggest, TYPED)


if __name__ == "__main__":
    main()
