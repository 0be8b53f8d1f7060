"""Real processes have the last pieces of one shelf put aside, and call some off again; then one
contact asks from many browsers at once. Prints what came of it as JSON.
"""

import argparse
import json
from typing import Any

from benchmarks import scratch


def citizen(number: int, attempts: int, offer: int, contact: str) -> dict[str, int]:
    """Attempts one after the other; every third thing is called off at once. The code of each refusal, or what was done."""
    from stadtplatz.kit.actors import ANONYMOUS, LINK_HOLDER
    from stadtplatz.kit.refusals import ActionRefused
    from stadtplatz.orders import actions

    outcomes: dict[str, int] = {}
    for attempt in range(attempts):
        email = contact or f"kunde-{number}-{attempt}@example.org"
        try:
            made = actions.reserve(offer_id=offer, quantity=1, name="Anna", email=email, by=ANONYMOUS)
            outcome = "reserved"
            if attempt % 3 == 2:
                actions.move_reservation(made, move="cancel", by=LINK_HOLDER)
                outcome = "called off"
        except ActionRefused as refusal:
            outcome = refusal.code
        except Exception as error:
            outcome = f"error: {type(error).__name__}: {error}"
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    return outcomes


def balance() -> dict[str, Any]:
    """Whether what lies aside and what the pools hold tell the same story."""
    from django.db.models import F, Sum

    from stadtplatz.audit.models import Record
    from stadtplatz.orders import reserving
    from stadtplatz.orders.models import Reservation
    from stadtplatz.pools.models import Pool

    open_ones = Reservation.objects.filter(state__in=reserving.OPEN)
    aside = open_ones.aggregate(n=Sum("quantity", default=0))["n"]
    return {
        "aside": aside,
        "aside_is_held": aside == Pool.objects.filter(key__startswith="stock:").aggregate(n=Sum("held"))["n"],
        "balanced": not Pool.objects.exclude(supplied=F("available") + F("held") + F("booked")).exists(),
        "one_fact_each": Record.objects.filter(verb="orders.reserved").count() == Reservation.objects.count(),
    }


def at_once(processes: int, attempts: int, offer: int, contact: str) -> dict[str, int]:
    outcomes: dict[str, int] = {}
    for answer in scratch.at_once(processes, citizen, attempts, offer, contact):
        for code, count in answer.items():
            outcomes[code] = outcomes.get(code, 0) + count
    return outcomes


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--processes", type=int, default=4)
    options.add_argument("--attempts", type=int, default=4)
    options.add_argument("--pieces", type=int, default=7)
    given = options.parse_args()
    with scratch.town():
        from stadtplatz.orders.tests.town import offer_of, open_shop

        shop = open_shop()
        bread, plenty = offer_of(shop, "Landbrot", stock=given.pieces), offer_of(shop, "Brezel", stock=90)
        many = at_once(given.processes, given.attempts, bread.pk, "")
        one = at_once(given.processes, 2, plenty.pk, "eilig@example.org")
        print(json.dumps({"many": many, "one": one} | balance()))


if __name__ == "__main__":
    main()
