import io
import tracemalloc

import pytest

from stadtplatz.catalogue import actions, feeds, rules
from stadtplatz.catalogue.imports import merchant, tables
from stadtplatz.catalogue.models import Import, Offer
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit.money import Money
from stadtplatz.pools import queries as levels
from stadtplatz.shops.tests.builders import owner, shop

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Laden</title>
<item><g:id>A1</g:id><g:title>Krimi &amp; Wein</g:title><g:description>Erdacht</g:description><g:price>12.90 EUR</g:price>
<g:gtin>4006381333931</g:gtin><g:google_product_category>{category}</g:google_product_category><g:quantity>4</g:quantity></item>
<item><g:id>A2</g:id><title>Notizbuch</title><g:price>7,50 EUR</g:price><g:product_type>Romane und Erzählungen</g:product_type>
<g:availability>out of stock</g:availability></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0">
<entry><g:id>A1</g:id><title>Krimi</title><g:price>12.90 EUR</g:price></entry></feed>"""


def taken(bakery, by, text, name="feed.xml", **defaults):
    run = actions.take_file(shop=bakery, name=name, file=io.BytesIO(text.encode()), by=by)
    chosen = {"withdrawal": "none", **defaults}
    return actions.run_now(
        run=actions.set_columns(run=run, chosen=run.columns, defaults=chosen, by=by), dry=False, by=by
    )


def stock_of(one):
    return levels.available([rules.stock_key(one)])[rules.stock_key(one)]


@pytest.mark.parametrize(
    "category", ["784", "Medien &gt; Bücher", "Bücher und Papier", "Medien &gt; Bücher &gt; Erdacht"]
)
def test_a_feed_for_google_becomes_offers(bakery, erna, category):
    run = taken(bakery, erna, FEED.format(category=category))
    assert (run.state, run.created, run.faulty) == (Import.DONE, 2, 0)
    first, second = Offer.objects.order_by("sku")
    assert (first.title, first.price, first.gtin, first.description) == (
        "Krimi & Wein",
        Money(1290),
        "4006381333931",
        "Erdacht",
    )
    assert (stock_of(first), stock_of(second)) == (4, 0)
    assert (second.title, second.price, second.category) == ("Notizbuch", Money(750), "novels")
    assert Offer.objects.get(sku="A1").category in {"books", "novels"}


def test_an_atom_feed_is_read_too(bakery, erna):
    assert taken(bakery, erna, ATOM, category="novels").created == 1


def test_our_own_feed_comes_back_without_a_change(bakery, erna):
    loaf = offer(bakery, erna, sku="B1", description="Saftig")
    before = Offer.objects.values("title", "price", "category", "gtin", "state").get()
    run = taken(bakery, erna, "".join(feeds.products(bakery, "https://stadtplatz.example")))
    assert (run.created, run.faulty) == (0, 0)
    assert Offer.objects.values("title", "price", "category", "gtin", "state").get() == before
    assert stock_of(loaf) == 10


@pytest.mark.parametrize(
    "text",
    [
        "<rss><channel></channel></rss>",
        "<rss><channel><item><title>Kein Ende",
        "<html><body>Anmelden</body></html>",
        '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>',
    ],
)
def test_what_is_no_feed_is_refused(bakery, erna, text):
    with pytest.raises(tables.Unreadable):
        actions.take_file(shop=bakery, name="feed.xml", file=io.BytesIO(text.encode()), by=erna)
    assert not Import.objects.exists()


def test_a_feed_that_breaks_off_keeps_what_came_before(bakery, erna):
    more = "".join(
        f"<item><g:id>B{n}</g:id><title>Buch {n}</title><g:price>1.00 EUR</g:price></item>" for n in range(600)
    )
    text = FEED.format(category="784").replace("</channel></rss>", f"{more}<item><g:id>A3")
    run = taken(bakery, erna, text)
    assert (run.state, run.created) == (Import.BROKEN, 500)
    assert "XML" in run.problem


def test_a_long_feed_is_read_with_little_memory():
    item = "<item><g:id>{n}</g:id><g:title>Buch {n}</g:title><g:price>1.00 EUR</g:price></item>"
    head = '<rss xmlns:g="http://base.google.com/ns/1.0"><channel>'

    def peak(number):
        feed = io.BytesIO((head + "".join(item.format(n=n) for n in range(number)) + "</channel></rss>").encode())
        tracemalloc.start()
        assert sum(1 for _cells in merchant.items(feed)) == number
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(4_000) < 2 * peak(400) + 200_000


def test_a_local_inventory_changes_what_exists_and_brings_nothing_new(bakery, erna):
    loaf = offer(bakery, erna, sku="B1")
    table = "store_code\titemid\tquantity\tprice\navailability\n".replace("\navail", "\tavail")
    rows = "laden\tB1\t3\t6.20 EUR\tin_stock\nladen\tB9\t5\t1.00 EUR\tin_stock\n"
    run = taken(bakery, erna, table + rows, name="inventory.tsv")
    assert (run.state, run.changed, run.created, run.faulty) == (Import.DONE, 1, 0, 1)
    fresh = Offer.objects.get()
    assert (fresh.title, fresh.price, stock_of(loaf), fresh.state) == (
        "Dinkel-Vollkornbrot",
        Money(620),
        3,
        Offer.PUBLISHED,
    )
    assert run.rows.get(line=3).faults[0][1] == "unknown"


def test_our_own_inventory_comes_back_without_a_change(bakery, erna):
    offer(bakery, erna, sku="B1")
    run = taken(bakery, erna, "".join(feeds.inventory(bakery)), name="inventory.tsv")
    assert (run.unchanged, run.changed, run.faulty) == (1, 0, 0)


def test_an_inventory_changes_no_other_shop(bakery, erna):
    other = shop("Andere")
    foreign = offer(other, owner(other, "otto"), sku="B1", quantity=7)
    run = taken(bakery, erna, "itemid\tquantity\nB1\t0\n", name="inventory.tsv")
    assert (run.changed, run.faulty, stock_of(foreign)) == (0, 1, 7)
