"""Real processes order the last units of two shops through the real actions; prints what came of it as JSON.

`--kill` makes the parent kill processes at random in mid-order and start new ones instead.
"""

import argparse
import json
import os
import random
import signal
import time
from typing import Any

from benchmarks import scratch


def lay_out(units: int, places: int) -> dict[str, Any]:
    """Two shops with one offer each, the same number of units, and slots with so many places."""
    from stadtplatz.delivery.models import PickupPoint, Slot
    from stadtplatz.delivery.queries import slots_to_choose
    from stadtplatz.kit import clock
    from stadtplatz.orders.tests.town import offer_of, open_shop
    from stadtplatz.pools import actions as pools

    shops = [open_shop(), open_shop("Buchhandlung Blätterwald (erfunden)", "blaetterwald")]
    offers = [offer_of(shop, f"Ware {number}", 500, stock=units) for number, shop in enumerate(shops)]
    slots = {}
    for point in PickupPoint.objects.all():
        slot = slots_to_choose([point], at=clock.now())[point.pk][0].slots[0].slot
        pools.supply(slot.pool_key, places - slot.capacity)
        Slot.objects.filter(pk=slot.pk).update(capacity=places)
        slots[point.shop_id] = slot.pk
    return {"offers": [offer.pk for offer in offers], "slots": slots}


def try_to_order(contact: str, offers: list[int], slots: dict[int, int]) -> str:
    """One buyer's whole way from an empty basket to the button; the code of the refusal or `ordered`."""
    from stadtplatz.kit.actors import ANONYMOUS
    from stadtplatz.kit.refusals import ActionRefused
    from stadtplatz.orders import actions

    try:
        basket = None
        for offer in offers:
            basket = actions.put_in(basket, offer_id=offer, quantity=1)
        checkout = actions.choose_slots(basket, slots=slots)
        actions.leave_contact(checkout, name="Anna Beispiel", email=contact)
        actions.begin_review(checkout)
        actions.place_order(key=checkout.key, shown_total=500 * len(offers), by=ANONYMOUS)
    except ActionRefused as refusal:
        return refusal.code
    return "ordered"


def buyer(number: int, attempts: int, town: dict[str, Any]) -> dict[str, Any]:
    """Many attempts one after the other; every second buyer puts the shops in the other order. A town may say who they all are."""
    outcomes: dict[str, int] = {}
    worst = 0.0
    offers = town["offers"] if number % 2 else town["offers"][::-1]
    for attempt in range(attempts):
        began = time.perf_counter()
        try:
            contact = town.get("contact") or f"kunde-{number}-{attempt}@example.org"
            outcome = try_to_order(contact, offers, town["slots"])
        except Exception as error:
            outcome = f"error: {type(error).__name__}: {error}"
        worst = max(worst, time.perf_counter() - began)
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    return {"outcomes": outcomes, "worst": worst}


def kill_at_random(processes: int, orders: int, town: dict[str, Any], seed: int) -> int:
    """Buyers order until so many orders exist, and one of them is killed every few hundredths of a second. Returns how often."""
    from django.db import connections

    from stadtplatz.orders.models import Order

    chance, kills, running, serial = random.Random(seed), 0, {}, 0
    done, stuck = 0, time.monotonic() + 240
    while done < orders and time.monotonic() < stuck:
        if Order.objects.count() > done:
            done, stuck = Order.objects.count(), time.monotonic() + 240
        connections.close_all()
        while len(running) < processes:
            serial += 1
            running[_start(serial, town)] = serial
        time.sleep(chance.uniform(0.02, 0.4) * max(1.0, os.getloadavg()[0] / 2))  # who is slow must get somewhere, too
        victim = chance.choice(list(running))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        del running[victim]
        kills += 1
    for pid in running:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return kills


def _start(serial: int, town: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        buyer(serial, 10_000, town)
    finally:
        os._exit(0)


def balance() -> dict[str, Any]:
    """Whether orders, lines, holds and pools tell the same story."""
    from django.db.models import F, Sum

    from stadtplatz.audit.models import Record
    from stadtplatz.orders.models import Basket, Order, OrderLine, OrderPart
    from stadtplatz.pools.models import Hold, HoldLine, Pool

    orders = Order.objects.count()
    sold = dict(OrderLine.objects.values_list("stock_key").annotate(Sum("quantity")))
    booked = dict(Pool.objects.filter(key__startswith="stock:", booked__gt=0).values_list("key", "booked"))
    slots = Pool.objects.filter(key__startswith="slot:").aggregate(all=Sum("booked"))["all"] or 0
    held = HoldLine.objects.filter(hold__state=Hold.HELD).aggregate(all=Sum("quantity"))["all"] or 0
    return {
        "orders": orders,
        "sold_is_booked": sold == booked,
        "one_place_per_part": slots == OrderPart.objects.count() == 2 * orders,
        "one_fact_per_order": Record.objects.filter(verb="orders.placed").count() == orders,
        "one_booking_per_order": Hold.objects.filter(state=Hold.BOOKED).count() == orders,
        "held_adds_up": held == (Pool.objects.aggregate(all=Sum("held"))["all"] or 0),
        "pools_balanced": not Pool.objects.exclude(supplied=F("available") + F("held") + F("booked")).exists(),
        "no_basket_was_ordered": not Basket.objects.filter(
            checkout__key__in=Order.objects.values("checkout_key")
        ).exists(),
        "totals_add_up": all(
            order.total == sum(part.total for part in order.parts.all())
            for order in Order.objects.prefetch_related("parts")
        ),
    }


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--processes", type=int, default=8)
    options.add_argument("--attempts", type=int, default=10)
    options.add_argument("--units", type=int, default=20)
    options.add_argument("--kill", type=int, default=0, help="kill at random until so many orders exist")
    options.add_argument("--contact", default="", help="all buyers are this one")
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    with scratch.town():
        town = lay_out(given.units, places=max(given.units, given.kill) * 2) | {"contact": given.contact}
        result: dict[str, Any] = {}
        if given.kill:
            result["kills"] = kill_at_random(given.processes, given.kill, town, given.seed)
        else:
            answers = scratch.at_once(given.processes, buyer, given.attempts, town)
            outcomes: dict[str, int] = {}
            for answer in answers:
                for code, count in answer["outcomes"].items():
                    outcomes[code] = outcomes.get(code, 0) + count
            result |= {"outcomes": outcomes, "worst_wait": max(answer["worst"] for answer in answers)}
        print(json.dumps(result | balance()))


if __name__ == "__main__":
    main()
