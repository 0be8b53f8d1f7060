"""A category asks for more: shops are told once, have some days, and then the offers go off sale; a change taken back brings them back."""

from datetime import timedelta

import pytest
from django.test import Client

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.audit.models import Record
from stadtplatz.catalogue import actions, queries, tree
from stadtplatz.catalogue.models import LackingOffer, Offer
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit import clock, jobs
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.money import Money
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.notifications.models import Message
from stadtplatz.shops import actions as shop_actions
from stadtplatz.shops.models import NoticePeriod
from stadtplatz.shops.tests.builders import owner, person, shop

ORIGIN = {"own": {"origin": True}}


@pytest.fixture(autouse=True)
def the_shipped_tree_afterwards():
    yield
    tree.forget()


@pytest.fixture
def clerk(town):
    someone = person("karla")
    Person.objects.filter(pk=someone.pk).update(is_operator=True)
    return actor_for(Person.objects.get(pk=someone.pk), second_factor=True)


@pytest.fixture
def loaf(bakery, erna):
    return offer(bakery, erna)


def change(clerk, version=1, changes=ORIGIN):
    actions.edit_category(code="bread", version=version, changes=changes, by=clerk)
    jobs.run_all()


def state(one):
    return Offer.objects.get(pk=one.pk).state


def mails(subject):
    return Message.objects.filter(subject__contains=subject)


def test_the_shop_is_told_once_of_all_its_offers_with_the_day(clerk, bakery, erna, loaf):
    offer(bakery, erna, title="Laib")
    offer(bakery, erna, title="Gäulaib", particulars={"origin": "Gäu"})
    change(clerk)
    mail = mails("brauchen mehr Angaben").get()
    assert "Laib: Herkunft" in mail.text
    assert "Gäulaib" not in mail.text
    row = LackingOffer.objects.get(offer=loaf)
    assert row.until == row.told_at + timedelta(days=28)
    assert state(loaf) == Offer.PUBLISHED
    actions.look_for_lacking()
    jobs.run_all()
    assert mails("brauchen mehr Angaben").count() == 1


@pytest.mark.parametrize(("before", "gone"), [(timedelta(seconds=1), 0), (timedelta(0), 1)])
def test_after_the_day_and_not_before_it_goes_off_sale_with_a_fact(clerk, loaf, before, gone):
    change(clerk)
    until = LackingOffer.objects.get().until
    assert actions.take_off_lacking(at=until - before) == gone
    assert actions.take_off_lacking(at=until - before) == 0
    assert state(loaf) == (Offer.WITHDRAWN if gone else Offer.PUBLISHED)
    assert Record.objects.filter(verb="catalogue.taken_off").count() == gone
    jobs.run_all()
    assert mails("nicht mehr im Verkauf").count() == gone


def test_variants_go_along_and_come_back(clerk, bakery, erna, loaf):
    Offer.objects.filter(pk=loaf.pk).update(variant="groß")
    small = actions.add_variant(offer=loaf, variant="klein", price=Money(390), quantity=3, by=erna)
    change(clerk)
    actions.take_off_lacking(at=LackingOffer.objects.get().until)
    assert state(loaf) == state(small) == Offer.WITHDRAWN
    assert Record.objects.filter(verb="catalogue.taken_off").count() == 2
    change(clerk, 2, {"own": {}})
    assert state(loaf) == state(small) == Offer.PUBLISHED
    assert not LackingOffer.objects.exists()


def test_what_the_shop_added_in_time_stays_and_is_forgotten(clerk, erna, loaf):
    change(clerk)
    Offer.objects.filter(pk=loaf.pk).update(particulars={"origin": "Gäu"})
    assert actions.take_off_lacking(at=LackingOffer.objects.get().until) == 0
    assert state(loaf) == Offer.PUBLISHED
    assert not LackingOffer.objects.exists()


def test_what_the_shop_took_off_itself_does_not_come_back_by_itself(clerk, erna, loaf):
    change(clerk)
    actions.withdraw(offer=loaf, by=erna)
    change(clerk, 2, {"own": {}})
    assert state(loaf) == Offer.WITHDRAWN
    assert not LackingOffer.objects.exists()


def test_what_somebody_touched_since_is_left_to_them(clerk, loaf):
    change(clerk)
    actions.take_off_lacking(at=LackingOffer.objects.get().until)
    Offer.objects.filter(pk=loaf.pk).update(version=99)
    change(clerk, 2, {"own": {}})
    assert state(loaf) == Offer.WITHDRAWN


def test_the_shop_reads_it_on_its_home_and_on_a_page_of_its_own(
    client, clerk, bakery, loaf, django_assert_max_num_queries
):
    client.force_login(Person.objects.get(email="erna@example.org"))
    address = f"/laden/{bakery.slug}/angebote/fehlt/"
    assert "sagen alles Nötige" in client.get(address).text
    change(clerk)
    assert address in client.get(f"/laden/{bakery.slug}/").text
    for extra in (0, 29):
        for number in range(extra):
            Offer.objects.create(shop=bakery, title=f"Laib {number}", slug="laib", category="bread", price=Money(490), state="published", created_at=clock.now())  # fmt: skip
        actions.look_for_lacking(["bread"])
        client.get(address)
        with django_assert_max_num_queries(12):
            html = client.get(address).text
    assert html.count("Herkunft") == 30
    assert len(queries.lacking_lines(bakery)) == 30


@pytest.mark.parametrize(("who", "status"), [(None, 302), ("otto", 404), ("karla", 404), ("erna", 200)])
def test_only_owner_and_staff_see_what_is_missing(clerk, bakery, erna, who, status):
    owner(shop("Käse Beispiel"), "otto")
    visitor = Client()
    if who:
        visitor.force_login(Person.objects.get(email=f"{who}@example.org"))
    assert visitor.get(f"/laden/{bakery.slug}/angebote/fehlt/").status_code == status


@pytest.mark.parametrize(
    ("days", "source", "code"), [(0, "Eigene Regel", "days"), (366, "Eigene Regel", "days"), (14, " ", "source")]
)
def test_the_number_of_days_is_the_operators_with_its_source(clerk, erna, days, source, code):
    period = NoticePeriod.objects.get(code="lacking")
    with pytest.raises(ActionRefused) as refused:
        shop_actions.edit_period(period=period, days=days, source=source, by=clerk)
    assert refused.value.code == code
    for by in (erna, ANONYMOUS):
        with pytest.raises(ActionRefused):
            shop_actions.edit_period(period=period, days=14, source="Eigene Regel", by=by)
    assert NoticePeriod.objects.get(code="lacking").days == 28


def test_the_operator_changes_it_on_the_desk(clerk, erna):
    visitor = Client()
    assert visitor.get("/desk/geschaefte/fristen/").status_code == 302
    visitor.force_login(Person.objects.get(email="erna@example.org"))
    assert visitor.get("/desk/geschaefte/fristen/").status_code == 404
    visitor.force_login(Person.objects.get(email="karla@example.org"))
    visitor.post("/desk/geschaefte/fristen/", {"code": "lacking", "days": "14", "source": "Beschluss der Stadt"})
    assert NoticePeriod.objects.get(code="lacking").days == 14
    assert "Beschluss der Stadt" in visitor.get("/desk/geschaefte/fristen/").text
