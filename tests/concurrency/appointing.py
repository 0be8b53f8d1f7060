"""Real processes want the same time of one chair, or one of two times, through the real actions; prints what came of it as JSON."""

import argparse
import json
import time
from datetime import datetime, timedelta
from typing import Any

from benchmarks import scratch


def lay_out(times: int) -> dict[str, Any]:
    """A salon with one chair that is open round the clock, and a service whose buffers make neighbours touch."""
    from stadtplatz.appointments import queries
    from stadtplatz.appointments.tests.town import chair, haircut, salon
    from stadtplatz.kit import clock

    shop = salon(hours="24/7")
    chair(shop)
    service = haircut(shop, minutes=30, step=30, before=5, after=10, lead_hours=0)
    day = clock.today() + timedelta(days=3)
    free = queries.free_days(service, queries.calendars_of(service), day, 1, at=clock.now())[0].times
    return {"offer": service.offer_id, "times": [row.starts_at.isoformat() for row in free[10 : 10 + times]]}


def try_to_book(offer: int, wanted: datetime, other: datetime, email: str) -> str:
    """Book one time and, if there is another one, try to move there; the code of the refusal, `booked` or `moved`."""
    from stadtplatz.appointments import actions, queries
    from stadtplatz.kit.actors import ANONYMOUS, LINK_HOLDER
    from stadtplatz.kit.refusals import ActionRefused

    try:
        row = actions.book(
            service=queries.service_for(offer), starts_at=wanted, name="Anna Beispiel", email=email, by=ANONYMOUS
        )
    except ActionRefused as refusal:
        return refusal.code
    try:
        actions.move(row, starts_at=other, by=LINK_HOLDER)
    except ActionRefused:
        return "booked"
    return "moved"


def customer(number: int, attempts: int, town: dict[str, Any]) -> dict[str, Any]:
    """Many attempts one after the other, each for one of the times."""
    outcomes: dict[str, int] = {}
    worst = 0.0
    moments = [datetime.fromisoformat(text) for text in town["times"]]
    for attempt in range(attempts):
        began = time.perf_counter()
        wanted, other = (moments[(number + attempt + more) % len(moments)] for more in (0, 1))
        try:
            outcome = try_to_book(town["offer"], wanted, other, f"kundin-{number}-{attempt}@example.org")
        except Exception as error:
            outcome = f"error: {type(error).__name__}: {error}"
        worst = max(worst, time.perf_counter() - began)
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    return {"outcomes": outcomes, "worst": worst}


def balance() -> dict[str, Any]:
    """Whether appointments and pools tell the same story, and nobody sits on somebody's lap."""
    from stadtplatz.appointments import queries
    from stadtplatz.appointments.models import Appointment
    from stadtplatz.appointments.tests.town import books_agree
    from stadtplatz.audit.models import Record

    rows = list(Appointment.objects.order_by("starts_at"))
    cells = [cell for row in rows for cell in queries.taken_cells(row)]
    return {
        "appointments": len(rows),
        "none_overlap": len(cells) == len(set(cells)),
        "books_agree": books_agree(),
        "one_fact_each": Record.objects.filter(verb="appointments.booked").count() == len(rows),
    }


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--processes", type=int, default=8)
    options.add_argument("--attempts", type=int, default=5)
    options.add_argument("--times", type=int, default=1)
    given = options.parse_args()
    with scratch.town():
        answers = scratch.at_once(given.processes, customer, given.attempts, lay_out(given.times))
        outcomes: dict[str, int] = {}
        for answer in answers:
            for code, count in answer["outcomes"].items():
                outcomes[code] = outcomes.get(code, 0) + count
        worst = max(answer["worst"] for answer in answers)
        print(json.dumps({"outcomes": outcomes, "worst_wait": worst} | balance()))


if __name__ == "__main__":
    main()
