"""A worker looks for work while a transaction that asked for the waiting job's key is still open."""

import json
import threading
import time

from benchmarks import scratch


def race() -> dict:
    from django.db import connection, transaction

    from stadtplatz.kit.jobs import job
    from stadtplatz.kit.worker import Worker
    from stadtplatz.pools import actions, queries

    seen: list[int] = []

    @job()
    def look() -> None:
        seen.append(queries.available(["stock:apples"])["stock:apples"])

    def work() -> None:
        worker = Worker()
        while not seen:
            worker.run_next()
            time.sleep(0.01)
        connection.close()

    look.enqueue(key="look")
    worker = threading.Thread(target=work, daemon=True)
    with transaction.atomic():
        actions.supply("stock:apples", 7)
        look.enqueue(key="look")
        worker.start()
        time.sleep(0.4)
        before_commit = list(seen)
    worker.join(10)
    return {"before_commit": before_commit, "after_commit": seen}


if __name__ == "__main__":
    with scratch.town():
        print(json.dumps(race()))
