"""Shops and entries of the map that somebody gave notice of: suspended or hidden with reasons, and back."""

import pytest

from stadtplatz.city.models import Place
from stadtplatz.kit.jobs import run_all
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.moderation import actions as moderation
from stadtplatz.moderation.models import ContentNotice, Statement
from stadtplatz.moderation.tests.builders import EXPLANATION, desk_of_two, ground, notice, ruling
from stadtplatz.notifications.models import Message
from stadtplatz.shops import actions, content
from stadtplatz.shops.models import Shop
from stadtplatz.shops.tests.builders import owner, place, shop

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def desk(town):
    return desk_of_two()


def now(one: Shop) -> Shop:
    return Shop.objects.get(pk=one.pk)


def test_a_suspended_shop_reads_one_statement_and_stands_as_before_when_it_was_right(desk):
    bakery = shop(standing=Shop.KNOWN)
    erna = owner(bakery)
    matter = notice(content.shop_content(bakery)).matter
    actions.decide_about_shop(matter=matter, ruling=ruling(), by=desk[0])
    assert now(bakery).standing == Shop.SUSPENDED
    run_all()
    assert Message.objects.filter(address="erna@example.org").count() == 1
    with pytest.raises(ActionRefused) as refused:
        actions.complain(shop=bakery, text="Auf dem falschen Weg.", by=erna)
    assert refused.value.code == "notice"
    actions.complain_about_decision(shop=bakery, matter=matter, text="Das stimmt nicht.", by=erna)
    actions.decide_about_shop(matter=matter, ruling=ruling(restrict=False), by=desk[1])
    assert now(bakery).standing == Shop.KNOWN
    assert now(bakery).is_listed


def test_a_suspension_for_something_else_outlives_the_notice(desk):
    bakery = shop(standing=Shop.KNOWN)
    matter = notice(content.shop_content(bakery)).matter
    actions.suspend(shop=bakery, reasons="Die Anschrift gibt es nicht.", by=desk[0])
    actions.decide_about_shop(matter=matter, ruling=ruling(), by=desk[0])
    actions.decide_about_shop(matter=matter, ruling=ruling(restrict=False), by=desk[0])
    assert now(bakery).standing == Shop.SUSPENDED


def test_an_entry_of_the_map_is_hidden_and_shown_again(client, desk):
    entry = place()
    address = f"/orte/{entry.pk}/"
    assert f"{address}melden/" in client.get(address).text
    client.post(
        f"{address}melden/",
        {"ground": ground("trader").pk, "explanation": EXPLANATION, "name": "M", "email": "m@example.org", "good_faith": "on"},
    )  # fmt: skip
    matter = ContentNotice.objects.get().matter
    actions.decide_about_place(matter=matter, ruling=ruling(), by=desk[0])
    assert client.get(address).status_code == 404
    actions.decide_about_place(matter=matter, ruling=ruling(restrict=False), by=desk[0])
    assert client.get(address).status_code == 200


def test_keeping_shows_nothing_that_was_hidden_for_another_reason(desk):
    entry = place()
    matter = notice(content.place_content(entry)).matter
    actions.ask_removal(place=entry, by=desk[0], at_once=True)
    actions.decide_about_place(matter=matter, ruling=ruling(restrict=False), by=desk[0])
    assert Place.objects.get(pk=entry.pk).hidden_at


def test_a_shop_decides_nothing_about_itself(desk):
    bakery = shop()
    erna = owner(bakery)
    matter = notice(content.shop_content(bakery)).matter
    with pytest.raises(NotAllowed):
        actions.decide_about_shop(matter=matter, ruling=ruling(restrict=False), by=erna)
    with pytest.raises(NotAllowed):
        moderation.decide(matter=matter, ruling=ruling(restrict=False), by=erna)
    assert not Statement.objects.exists()
    assert now(bakery).is_listed


def test_the_form_of_a_shop_is_there_for_everybody_and_not_for_hidden_ones(client, desk):
    bakery, hidden = shop(), shop("Käse Beispiel", open=False)
    assert f"/geschaefte/{bakery.slug}/melden/" in client.get(f"/geschaefte/{bakery.slug}/").text
    assert client.get(f"/geschaefte/{bakery.slug}/melden/").status_code == 200
    assert client.get(f"/geschaefte/{hidden.slug}/melden/").status_code == 404
