"""A till tells a thousand counts at once: CPU and time of one batch as the interface answers it, on each database.

python -m benchmarks.stock_sync [--counts 1000]
"""

import argparse
import json
import statistics
import time

from benchmarks import scratch

TURNS = 9


def run(counts: int) -> None:
    from django.test import Client

    from stadtplatz.catalogue import actions
    from stadtplatz.catalogue.models import Offer
    from stadtplatz.kit import clock
    from stadtplatz.kit.identity import set_identity
    from stadtplatz.shops.tests.builders import owner, shop

    set_identity({"slug": "musterstadt", "name": "Musterstadt", "long_name": "Musterstadt", "land": "BW"})
    seller = shop()
    _row, key = actions.make_stock_key(shop=seller, name="Kasse", by=owner(seller))
    now = clock.now()
    Offer.objects.bulk_create(
        Offer(shop=seller, title=f"Ware {n}", slug="x", category="novels", price=1, sku=f"S{n}", created_at=now)
        for n in range(counts)
    )
    client = Client()

    def push(quantity: int, token: str, share: int = 1) -> int:
        items = [{"sku": f"S{n}", "quantity": quantity + n % 37 if n % share == 0 else 1} for n in range(counts)]
        head = {"Api-Key": key, "Idempotency-Key": token}
        answer = client.put("/api/v1/stock", json.dumps({"items": items}), "application/json", headers=head)
        assert answer.status_code == 200
        return sum(row["result"] == "set" for row in answer.json()["items"])

    push(1, "first")
    print(f"{scratch.engine()}: batches of {counts:,}")
    for name, share in (("all of them changed", 1), ("every tenth changed", 10), ("the same batch again", 0)):
        cpu, wall, changed = [], [], 0
        for turn in range(TURNS):
            push(1, f"{share} before {turn}", counts)
            begun, used = time.perf_counter(), time.process_time()
            changed = push(turn + 2, f"{share} {turn}", share) if share else push(1, "first")
            cpu.append((time.process_time() - used) * 1000)
            wall.append((time.perf_counter() - begun) * 1000)
        said = (
            f"{statistics.median(cpu):.0f} ms CPU ({min(cpu):.0f} to {max(cpu):.0f}), {statistics.median(wall):.0f} ms"
        )
        print(f"  {name} ({changed:,} set): {said}")


def main() -> None:
    scratch.everywhere("stock_sync")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--counts", type=int, default=1000)
    chosen = options.parse_args()
    with scratch.town():
        run(chosen.counts)
