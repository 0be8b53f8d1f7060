"""Six processes send the same batch of counts under the same token, while others sell and six tills send batches of their own."""

import json

from benchmarks import scratch

SKUS = [f"S{number:03d}" for number in range(100)]


def push(number: int, key_id: int) -> str:
    """The same batch, then one under a token of one's own, in another order."""
    from stadtplatz.catalogue import actions
    from stadtplatz.catalogue.models import StockKey

    key = StockKey.objects.select_related("shop").get(pk=key_id)
    same = actions.sync_stock(key=key, counts=[actions.Count(quantity=9, sku=sku) for sku in SKUS], token="same")
    own = SKUS if number % 2 else list(reversed(SKUS))
    for turn in range(3):
        counts = [actions.Count(quantity=20 + number + turn, sku=sku) for sku in own]
        actions.sync_stock(key=key, counts=counts, token=f"{number}-{turn}")
    return json.dumps(same, sort_keys=True)


if __name__ == "__main__":
    with scratch.town():
        from stadtplatz.accounts.models import Person
        from stadtplatz.catalogue import actions
        from stadtplatz.catalogue.models import Offer, StockBatch
        from stadtplatz.kit import clock
        from stadtplatz.kit.identity import set_identity
        from stadtplatz.pools.models import Pool
        from stadtplatz.shops.tests.builders import owner, shop

        set_identity({"slug": "musterstadt", "name": "Musterstadt", "long_name": "Musterstadt", "land": "BW"})
        seller = shop()
        key, _word = actions.make_stock_key(shop=seller, name="Kasse", by=owner(seller))
        now = clock.now()
        Offer.objects.bulk_create(
            Offer(shop=seller, title=sku, slug="x", category="novels", price=1, sku=sku, created_at=now) for sku in SKUS
        )
        answers = scratch.at_once(6, push, key.pk)
        counts = {row.supplied for row in Pool.objects.all()}
        told = {
            "answers": len(set(answers)),
            "batches": StockBatch.objects.count(),
            "pools": Pool.objects.count(),
            "one_count_for_all": len(counts),
            "people": Person.objects.count(),
        }
        print(json.dumps(told))
