"""Two people of the market desk press many times at once, over and over: never does one of them count twice."""

import json

from benchmarks import scratch

ROUNDS = 12


def press(number: int, slugs: list[str]) -> int:
    """Processes 0 to 2 are Anna, 3 is Bert; each presses for every shop."""
    from stadtplatz.accounts.models import Person
    from stadtplatz.accounts.visitors import actor_for
    from stadtplatz.kit.refusals import ActionRefused
    from stadtplatz.shops import actions
    from stadtplatz.shops.models import Shop

    by = actor_for(Person.objects.get(email="bert@example.org" if number == 3 else "anna@example.org"))
    passed = 0
    for slug in slugs:
        shop = Shop.objects.get(slug=slug)
        try:
            actions.approve(shop=shop, digest="d", by=by)
            passed += 1
        except ActionRefused:
            continue
    return passed


def prepare() -> list[str]:
    from stadtplatz.accounts.models import Person
    from stadtplatz.kit.actors import SYSTEM
    from stadtplatz.shops import actions
    from stadtplatz.shops.models import Seller, Shop

    for name in ("anna", "bert"):
        Person.objects.create_user(f"{name}@example.org", is_operator=True)
    shops = [actions.create_shop(name=f"Laden {n}", category="bakery", by=SYSTEM) for n in range(ROUNDS)]
    Shop.objects.update(standing=Shop.KNOWN)
    Seller.objects.update(state=Seller.SUBMITTED, digest="d")
    return [shop.slug for shop in shops]


if __name__ == "__main__":
    with scratch.town():
        passed = scratch.at_once(4, press, prepare())
        from stadtplatz.shops.models import Seller

        rows = list(Seller.objects.values_list("state", "first_by", "second_by"))
        result = {
            "passed": sum(passed),
            "approved": sum(state == "approved" for state, _first, _second in rows),
            "by_two": sum(bool(second) and first != second for _state, first, second in rows),
        }
        print(json.dumps(result))
