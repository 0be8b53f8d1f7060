import json

import pytest
from defusedxml import ElementTree

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.catalogue import actions, api, feeds
from stadtplatz.catalogue.actions.stock_sync import key_of
from stadtplatz.catalogue.models import Offer, StockBatch, StockKey
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.catalogue.tests.test_offers import held
from stadtplatz.kit.money import Money
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.shops.models import Shop
from stadtplatz.shops.tests.builders import owner, person, shop
from stadtplatz.shops.tests.test_pages import signed_in


@pytest.fixture
def till(bakery, erna):
    return actions.make_stock_key(shop=bakery, name="Kasse", by=erna)


def put(client, items, key, token=""):
    headers = {"Api-Key": key, "Idempotency-Key": token}
    return client.put("/api/v1/stock", json.dumps({"items": items}), "application/json", headers=headers)


def test_the_till_tells_counts_by_article_number_and_barcode(client, bakery, erna, till):
    loaf = offer(bakery, erna, sku="B1", quantity=3)
    roll = offer(bakery, erna, gtin="4006381333931", quantity=3)
    other = offer(shop("Andere"), owner(Shop.objects.get(slug="andere"), "otto"), sku="B2", quantity=3)
    items = [
        {"sku": "B1", "quantity": 8}, {"gtin": "4006381333931", "quantity": 3}, {"sku": "B2", "quantity": 0}, {"quantity": 1},
    ]  # fmt: skip
    answer = put(client, items, till[1])
    assert [(row["result"], row["quantity"]) for row in answer.json()["items"]] == [
        ("set", 8), ("same", 3), ("unknown", None), ("invalid", None),
    ]  # fmt: skip
    assert [actions.shelf(one).count for one in (loaf, roll, other)] == [8, 3, 3]


def test_what_lies_in_baskets_stays_promised(client, bakery, erna, till):
    loaf = offer(bakery, erna, sku="B1", quantity=5)
    held(loaf, 3)
    answer = put(client, [{"sku": "B1", "quantity": 1}], till[1]).json()["items"]
    assert (answer[0]["result"], answer[0]["quantity"]) == ("held", 3)
    assert (actions.shelf(loaf).free, actions.shelf(loaf).held) == (0, 3)


def test_a_batch_sent_twice_counts_once(client, bakery, erna, till):
    loaf = offer(bakery, erna, sku="B1", quantity=5)
    first = put(client, [{"sku": "B1", "quantity": 9}], till[1], token="t1").json()
    actions.set_stock(offer=loaf, quantity=4, by=erna)
    assert put(client, [{"sku": "B1", "quantity": 9}], till[1], token="t1").json() == first
    assert actions.shelf(loaf).count == 4
    other = put(client, [{"sku": "B1", "quantity": 7}], till[1], token="t1")
    assert (other.status_code, other.json()["code"]) == (409, "token-taken")
    assert (actions.shelf(loaf).count, StockBatch.objects.count()) == (4, 1)


def test_a_thousand_counts_at_once_cost_few_queries(bakery, erna, till, django_assert_max_num_queries):
    Offer.objects.bulk_create(
        Offer(
            shop=bakery, title=f"Brot {n}", slug="b", category="bread", price=1, sku=f"S{n}", created_at=till[0].made_at
        )
        for n in range(1000)
    )
    counts = [actions.Count(quantity=0, sku=f"S{n}") for n in range(1000)]
    with django_assert_max_num_queries(14):
        answer = actions.sync_stock(key=till[0], counts=counts)
    assert {row["result"] for row in answer} == {"same"}
    with pytest.raises(ActionRefused):
        actions.sync_stock(key=till[0], counts=[*counts, *counts])


@pytest.mark.parametrize(
    "sent", ["x", {"items": "x"}, {"items": ["x"]}, {}, {"items": [{"sku": "B1", "quantity": 1}] * 1001}]
)
def test_what_is_no_batch_changes_nothing(client, bakery, erna, till, sent):
    loaf = offer(bakery, erna, sku="B1", quantity=5)
    answer = client.put("/api/v1/stock", json.dumps(sent), "application/json", headers={"Api-Key": till[1]})
    assert answer.status_code == 422
    assert actions.shelf(loaf).count == 5


BAD = [
    {"sku": "B1", "quantity": -1}, {"sku": "B1"}, {"sku": "B1", "quantity": 1.5}, {"sku": "B1", "quantity": "viele"}, {"sku": "B1", "quantity": None},
    {"sku": "B1", "quantity": 100_001}, {"sku": "B1", "quantity": True}, {"sku": "x" * 41, "quantity": 1}, {"sku": "B\0", "quantity": 1},
    {"gtin": "40063", "quantity": 1}, {"gtin": "ABCDEFGH", "quantity": 1}, {"sku": ["B1"], "quantity": 1}, {"quantity": 1}, {"sku": "  ", "quantity": 1}, {},
    {"sku": "B1", "quantity": 10**30}, {"sku": {"a": {"b": []}}, "gtin": 4006381333931, "quantity": 1},
]  # fmt: skip


def test_a_row_that_is_no_count_is_told_and_keeps_no_other_from_being_set(client, bakery, erna, till):
    loaf, roll = offer(bakery, erna, sku="B1", quantity=5), offer(bakery, erna, sku="B2", quantity=5)
    answer = put(client, [*BAD, {"sku": "B2", "quantity": 9}, {"sku": "B3", "quantity": 9}], till[1])
    told = answer.json()["items"]
    assert answer.status_code == 200
    assert [row["result"] for row in told] == [*["invalid"] * len(BAD), "set", "unknown"]
    assert all(bool(row["reason"]) == (row["result"] == "invalid") for row in told)
    assert told[0]["reason"].startswith("quantity: ")
    assert (actions.shelf(loaf).count, actions.shelf(roll).count) == (5, 9)


def test_the_last_of_two_counts_of_the_same_thing_counts(client, bakery, erna, till):
    loaf = offer(bakery, erna, sku="B1", gtin="4006381333931", quantity=5)
    items = [{"sku": "B1", "quantity": 9}, {"gtin": "4006381333931", "quantity": 2}, {"sku": "B1", "quantity": 2}]
    answer = put(client, items, till[1]).json()["items"]
    assert [(row["result"], row["quantity"]) for row in answer] == [("set", 9), ("set", 2), ("same", 2)]
    assert actions.shelf(loaf).count == 2


@pytest.mark.parametrize("told", ["036000291452", "0036000291452", "00036000291452"])
def test_a_barcode_means_the_same_with_the_zeros_that_fill_it_up(client, bakery, erna, till, told):
    loaf = offer(bakery, erna, gtin="0036000291452", quantity=5)
    assert put(client, [{"gtin": told, "quantity": 1}], till[1]).json()["items"][0]["result"] == "set"
    assert actions.shelf(loaf).count == 1


def test_a_key_is_changed_without_a_gap(client, bakery, erna, till):
    loaf = offer(bakery, erna, sku="B1", quantity=5)
    newer = actions.make_stock_key(shop=bakery, name="Kasse neu", by=erna)
    for number, key in enumerate((till[1], newer[1]), 6):
        assert put(client, [{"sku": "B1", "quantity": number}], key, token="t").status_code == 200
    actions.revoke_stock_key(key=till[0], by=erna)
    assert put(client, [{"sku": "B1", "quantity": 1}], till[1]).status_code == 403
    assert put(client, [{"sku": "B1", "quantity": 8}], newer[1]).status_code == 200
    assert actions.shelf(loaf).count == 8
    assert key_of(newer[1]).used_at


def test_who_sends_too_often_waits_and_other_keys_do_not(client, bakery, erna, till, monkeypatch):
    monkeypatch.setattr(api, "BATCHES_AN_HOUR", 2)
    monkeypatch.setattr(api, "WRONG_AN_HOUR", 2)
    loaf = offer(bakery, erna, sku="B1", quantity=5)
    other = actions.make_stock_key(shop=bakery, name="Zweite", by=erna)[1]
    sent = [put(client, [{"sku": "B1", "quantity": n}], till[1]) for n in range(3)]
    assert [one.status_code for one in sent] == [200, 200, 429]
    assert int(sent[2].headers["Retry-After"]) > 0
    assert actions.shelf(loaf).count == 1
    assert put(client, [{"sku": "B1", "quantity": 7}], other).status_code == 200
    assert [put(client, [], "sb_falsch").status_code for _ in range(3)] == [403, 403, 429]


def test_the_document_says_how_it_works(client, db):
    told = client.get("/api/v1/openapi.json").json()
    way = told["paths"]["/api/v1/stock"]["put"]
    assert {one["name"] for one in way["parameters"]} == {"Api-Key", "Idempotency-Key"}
    schemas = told["components"]["schemas"]
    assert schemas["CountsIn"]["properties"]["items"]["maxItems"] == 1000
    assert schemas["CountOut"]["properties"]["result"]["enum"] == ["set", "same", "held", "unknown", "invalid"]
    assert {"200", "403", "409", "422", "429"} <= set(way["responses"])


def test_a_wrong_or_withdrawn_key_opens_nothing(client, bakery, erna, till):
    loaf = offer(bakery, erna, sku="B1", quantity=5)
    for key in ("", "sb_falsch"):
        assert put(client, [{"sku": "B1", "quantity": 9}], key).status_code == 403
    stranger = actor_for(person("fremd"))
    with pytest.raises(NotAllowed):
        actions.revoke_stock_key(key=till[0], by=stranger)
    with pytest.raises(NotAllowed):
        actions.make_stock_key(shop=bakery, name="X", by=stranger)
    assert key_of(till[1])
    actions.revoke_stock_key(key=till[0], by=erna)
    assert put(client, [{"sku": "B1", "quantity": 9}], till[1]).status_code == 403
    assert actions.shelf(loaf).count == 5
    assert StockKey.objects.get().digest != till[1]


def test_keys_are_made_and_withdrawn_on_the_page(bakery, erna, client):
    browser, page = signed_in(erna), "/laden/baeckerei-musterkorn/angebote/kasse/"
    text = browser.post(page, {"name": "Kasse am Fenster"}).content.decode()
    assert "sb_" in text
    assert "sb_" in browser.get(page).content.decode()  # only how it begins
    browser.post(f"{page}weg/", {"key": StockKey.objects.get().pk})
    assert StockKey.objects.get().revoked_at
    assert client.get(page).status_code == 302
    assert signed_in(owner(shop("Andere"), "otto")).post(page, {"name": "X"}).status_code == 404
    assert StockKey.objects.count() == 1


def test_the_feed_says_what_the_page_says(client, bakery, erna):
    offer(bakery, erna, sku="B1", gtin="4006381333931", title="Brot & Butter <frisch>")
    offer(bakery, erna, title="Entwurf", published=False)
    offer(bakery, erna, title="Hochzeitstorte", kind="quote", price=Money(0))
    answer = client.get("/feeds/baeckerei-musterkorn/merchant.xml")
    tree = ElementTree.fromstring(b"".join(answer.streaming_content))
    items = tree.findall("channel/item")
    said = {node.tag.split("}")[1]: node.text for node in items[0]}
    assert len(items) == 1
    assert (said["id"], said["title"], said["price"]) == ("B1", "Brot & Butter <frisch>", "5.90 EUR")
    assert (said["availability"], said["gtin"]) == ("in_stock", "4006381333931")
    assert (said["unit_pricing_measure"], said["unit_pricing_base_measure"]) == ("0.75kg", "1kg")
    assert list(feeds.inventory(bakery))[1].split("\t") == [
        "baeckerei-musterkorn",
        "B1",
        "10",
        "5.90 EUR",
        "in_stock\n",
    ]
    Shop.objects.update(standing=Shop.SUSPENDED)
    assert client.get("/feeds/baeckerei-musterkorn/merchant.xml").status_code == 404
    Shop.objects.update(standing=Shop.APPROVED, state=Shop.PAUSED)
    assert client.get("/feeds/baeckerei-musterkorn/inventory.tsv").status_code == 404


def test_a_feed_of_google_can_be_taken_in(bakery, erna):
    import io

    text = "id\ttitle\tdescription\tprice\tgtin\tbrand\tavailability\nA1\tVase\tblau\t12.90 EUR\t4006381333931\tErdacht\tin_stock"
    run = actions.take_file(shop=bakery, name="feed.txt", file=io.BytesIO(text.encode()), by=erna)
    actions.run_now(run=run, dry=False, by=erna)
    vase = Offer.objects.get()
    assert (vase.sku, vase.price.cents, vase.brand) == ("A1", 1290, "Erdacht")
