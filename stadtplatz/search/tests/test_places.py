"""Which documents are looked at, and the counts beside them, are the same whatever the database keeps them in."""

import random
from collections import Counter

import pytest
from django.db import connection, transaction

from stadtplatz.search import actions, matching
from stadtplatz.search.models import Document
from stadtplatz.search.narrowing import CHOICES, EVERYTHING, Narrow
from stadtplatz.search.understanding import Alternative

LAMP = [[[Alternative(("lamp",), 1.0)]]]
SHOPS = ["musterkorn", "eisen-beispiel", "licht-probe", ""]


def _push(dice: random.Random, number: int) -> None:
    actions.push(
        kind=dice.choice(["offer", "shop"]) if number % 7 else "place",
        key=str(number),
        title=" ".join(["Lampe", *dice.choices(["rot", "aus Glas", "für den Flur"], k=dice.randrange(4))]),
        keywords=dice.choice(["", "Leuchte", "Haushalt"]),
        body=dice.choice(["", "Eine Lampe."]),
        weight=dice.choice([0.4, 0.6, 1.0, 1.0, 1.2, 0.1234, 7.5]),
        public=dice.random() > 0.1,
        shop=dice.choice(SHOPS),
        category=dice.choice(["lampen", "musterkorn", ""]),
        district=dice.choice(["Kernstadt", "Gültstein", ""]),
        label=dice.choice(["organic", ""]),
        ready=dice.random() > 0.3,
        price=dice.choice([None, 500, 1_900]),
    )


@pytest.fixture
def lamps(db) -> random.Random:
    """Lamps that were pushed, renamed, weighed anew, hidden, shown again, narrowed otherwise and taken out."""
    dice = random.Random(5)
    for number in range(60):
        _push(dice, number)
    for number in dice.sample(range(60), 25):
        _push(dice, number)
    Document.objects.filter(key__in=["3", "8"]).update(shop="licht-probe", price=1)
    Document.objects.filter(key="9").update(public=False)
    for number in (11, 12):
        actions.withdraw(kind=Document.objects.get(key=str(number), withdrawn=False, kind__gt="").kind, key=str(number))
    Document.objects.filter(key__in=["13", "14"]).delete()
    return dice


def _best(narrow: Narrow = EVERYTHING, kinds: tuple[str, ...] = ()) -> list[Document]:
    """As the issue of order says it, asked without any index."""
    rows = [
        row
        for row in Document.objects.filter(public=True)
        if all(not (chosen := getattr(narrow, name)) or getattr(row, name) == chosen for name in CHOICES)
        and (not kinds or row.kind in kinds)
        and (narrow.among is None or row.shop in narrow.among)
        and (row.ready or not narrow.ready)
        and (narrow.price_to is None or (row.price is not None and row.price <= narrow.price_to))
    ]
    return sorted(rows, key=lambda row: (-row.weight, row.title_length, row.tie))


NARROWED = {
    "everything": (EVERYTHING, ()),
    "one kind": (EVERYTHING, ("offer",)),
    "two kinds of one shop": (Narrow(shop="licht-probe"), ("offer", "place")),
    "a name that is a shop and a category": (Narrow(category="musterkorn"), ()),
    "several choices": (Narrow(category="lampen", district="Gültstein", label="organic"), ()),
    "some shops, to be had at once, with a price": (
        Narrow(among=frozenset({"musterkorn", "licht-probe"}), ready=True, price_to=600), ()),
    "one shop that is open": (Narrow(among=frozenset({"musterkorn"})), ("offer",)),
    "no shop is open": (Narrow(among=frozenset()), ()),
    "a shop nobody knows": (Narrow(shop="gibt-es-nicht"), ()),
}  # fmt: skip


def test_the_best_are_looked_at_and_all_are_counted(lamps):
    for name, (narrow, kinds) in NARROWED.items():
        best = _best(narrow, kinds)
        for most in (1, 7, 100):
            found = matching.candidates(LAMP, kinds=kinds, limit=most, among=matching.TITLE, narrow=narrow)
            assert [one.id for one in found] == [row.id for row in best[:most]], name
        by_kind, facets = matching.tally(LAMP, kinds=kinds, narrow=narrow, with_facets=True)
        assert by_kind == dict(Counter(row.kind for row in _best(narrow))), name
        for choice in CHOICES:
            others = _best(Narrow(**{**vars(narrow), choice: ""}), kinds)
            counted = Counter(value for row in others if (value := getattr(row, choice)))
            assert list(getattr(facets, choice).items()) == sorted(
                counted.items(), key=lambda one: (-one[1], one[0])
            ), name


def test_what_is_undone_leaves_nothing_behind(lamps):
    before = matching.candidates(LAMP, kinds=None, limit=100)
    with transaction.atomic():
        _push(lamps, 70)
        Document.objects.filter(key="1").update(weight=3.0, shop="neuer-laden")
        transaction.set_rollback(True)
    assert matching.candidates(LAMP, kinds=None, limit=100) == before
    assert matching.tally(LAMP, kinds=None, narrow=Narrow(shop="neuer-laden"), with_facets=True)[0] == {}


def test_documents_that_would_have_the_same_place_stand_beside_each_other(db):
    for number in range(5):
        actions.push(kind="offer", key=str(number), title="Lampe")
    Document.objects.update(tie=70_000)
    found = matching.candidates(LAMP, kinds=None, limit=100)
    assert sorted(one.id for one in found) == sorted(Document.objects.values_list("id", flat=True))
    Document.objects.filter(key="2").update(title_tokens="stuhl")
    assert len(matching.candidates(LAMP, kinds=None, limit=100)) == 4
    if connection.vendor == "sqlite":  # PostgreSQL has no places
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT place), count(DISTINCT place >> 4) FROM search_place")
            assert cursor.fetchone() == (5, 1)
