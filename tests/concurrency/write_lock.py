"""What the fair write lock must survive, tried on a real file: threads, nesting, single writes, forks, crashes, closing."""

import json
import os
import signal
import threading
import time
from pathlib import Path

from benchmarks import scratch


def count() -> None:
    from django.db.models import F

    from stadtplatz.kit.models import RateCounter

    RateCounter.objects.filter(key="n").update(count=F("count") + 1)


def counted() -> int:
    from stadtplatz.kit.models import RateCounter

    return RateCounter.objects.get(key="n").count


def in_thread(work) -> threading.Thread:
    from django.db import connection

    def run() -> None:
        work()
        connection.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def threads() -> dict:
    from django.db import transaction

    def many() -> None:
        for number in range(40):
            if number % 2:
                count()
            else:
                with transaction.atomic():
                    count()

    before = counted()
    for thread in [in_thread(many) for _ in range(4)]:
        thread.join(20)
    return {"counted": counted() - before}


def nesting() -> dict:
    """Inner blocks neither queue again nor leave early; a rolled back inner block keeps the outer one's turn."""
    from django.db import connection, transaction

    before = counted()
    with transaction.atomic():
        count()
        with transaction.atomic():
            count()
            transaction.set_rollback(True)
        still_inside = connection._queue.inside
        with transaction.atomic():
            count()
    return {"counted": counted() - before, "still_inside": still_inside, "left": not connection._queue.inside}


def refusal_leaves() -> dict:
    """An exception, a closed connection and a failing statement all leave the desk free for others."""
    from django.db import connection, transaction

    before = counted()
    for broken in ("raise 1", "close", "sql"):
        try:
            with transaction.atomic():
                count()
                if broken == "close":
                    connection.close()
                elif broken == "sql":
                    connection.cursor().execute("INSERT INTO nowhere VALUES (1)")
                raise RuntimeError
        except Exception:
            in_thread(count).join(5)
    return {"counted": counted() - before}


def reading_never_waits() -> dict:
    from django.db import transaction

    read: list[int] = []
    with transaction.atomic():
        count()
        in_thread(lambda: read.append(counted())).join(10)
        meanwhile = bool(read)
    return {"read_before_the_writer_left": meanwhile}


def single_writes_wait() -> dict:
    """An UPDATE outside a transaction waits for its turn behind an open one, without an error."""
    from django.db import transaction

    before, done = counted(), []
    with transaction.atomic():
        count()
        thread = in_thread(lambda: (count(), done.append(1)))
        time.sleep(0.2)
        waited = not done
    thread.join(5)
    return {"waited": waited, "counted": counted() - before}


def crash() -> dict:
    """A process killed in mid transaction: its change is gone and the next writer goes on at once."""
    from django.db import connection, transaction

    connection.close()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with transaction.atomic():
            count()
            os.write(writer, b"x")
            time.sleep(60)
    os.read(reader, 1)
    before = counted()
    threading.Timer(0.2, lambda: os.kill(child, signal.SIGKILL)).start()
    count()
    os.waitpid(child, 0)
    return {"counted": counted() - before}


def fork_in_mid_transaction() -> dict:
    """A child forked inside a transaction does not share the turn: it gets its own after the parent's end."""
    from django.conf import settings
    from django.db import transaction

    from stadtplatz.kit.sqlite.base import _Queue

    with transaction.atomic():
        count()
        child = os.fork()
        if child == 0:  # touches the queue alone: SQLite forbids using its connection over a fork
            _Queue(str(settings.DATABASES["default"]["NAME"])).enter()
            os._exit(0)
        time.sleep(0.2)
        early = os.waitpid(child, os.WNOHANG)[0]
    _, status = os.waitpid(child, 0)
    return {"early": early, "status": status}


def orphan() -> dict:
    """A parent that dies in mid transaction frees the desk even while its forked child lives on."""
    from django.db import connection, transaction

    connection.close()
    reader, writer = os.pipe()
    parent = os.fork()
    if parent == 0:
        with transaction.atomic():
            count()
            child = os.fork()
            if child == 0:
                time.sleep(60)
                os._exit(0)
            os.write(writer, str(child).encode())
            time.sleep(60)
    child = int(os.read(reader, 20))
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    before = counted()
    count()
    state = Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()[0]  # a killed one would be a zombie
    os.kill(child, signal.SIGKILL)
    return {"counted": counted() - before, "child_still_lives": state == "S"}


CHECKS = [
    threads,
    nesting,
    refusal_leaves,
    reading_never_waits,
    single_writes_wait,
    crash,
    fork_in_mid_transaction,
    orphan,
]

if __name__ == "__main__":
    os.environ["DATABASE_URL"] = ""
    with scratch.town():
        from stadtplatz.kit import clock
        from stadtplatz.kit.models import RateCounter

        RateCounter.objects.create(key="n", expires_at=clock.now())
        print(json.dumps({check.__name__: check() for check in CHECKS}), flush=True)
