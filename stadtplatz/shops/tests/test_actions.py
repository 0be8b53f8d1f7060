import pytest
from allauth.account.models import EmailAddress

from stadtplatz.accounts import actions as accounts
from stadtplatz.accounts.models import Invitation
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.audit.models import Record
from stadtplatz.kit import jobs
from stadtplatz.kit.actors import ANONYMOUS, SYSTEM
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.notifications.models import Message
from stadtplatz.search import queries as search
from stadtplatz.shops import actions, queries, rules
from stadtplatz.shops.models import Membership, Shop
from stadtplatz.shops.tests.builders import COMPLETE, berlin, owner, person, place, shop, worker

pytestmark = pytest.mark.usefixtures("town")


def stranger():
    return actor_for(person("fremd"))


def test_a_new_shop_is_a_draft_with_a_word_of_its_own():
    first, second = shop("Bäckerei Groß & Söhne", open=False), shop("Bäckerei Groß & Söhne", open=False)
    assert (first.slug, second.slug) == ("baeckerei-gross-soehne", "baeckerei-gross-soehne-2")
    assert first.state == Shop.DRAFT
    assert not queries.listed().exists()


def test_the_owner_edits_and_everybody_finds_it():
    bakery = shop()
    fresh = actions.edit_shop(shop=bakery, version=bakery.version, changes={"name": "Backhaus Ähre"}, by=owner(bakery))
    assert (fresh.name, fresh.version) == ("Backhaus Ähre", bakery.version + 1)
    assert [hit.title for hit in search.find("Backhaus").hits] == ["Backhaus Ähre"]
    assert Record.objects.filter(verb="shops.edited").get().keys["fields"] == ["name"]


def test_a_stale_edit_is_refused_with_what_stands_there_now():
    bakery = shop()
    erna = owner(bakery)
    actions.edit_shop(shop=bakery, version=bakery.version, changes={"phone": "111"}, by=erna)
    with pytest.raises(Stale) as refused:
        actions.edit_shop(shop=bakery, version=bakery.version, changes={"phone": "222"}, by=erna)
    assert refused.value.current.phone == "111"
    bakery.refresh_from_db()
    assert bakery.phone == "111"


@pytest.mark.parametrize("who", ["anonymous", "stranger", "packer", "other owner"])
def test_nobody_else_edits_opens_or_paints_a_shop(who):
    bakery, other = shop(), shop("Andere")
    actor = {
        "anonymous": lambda: ANONYMOUS,
        "stranger": stranger,
        "packer": lambda: worker(bakery, Membership.PACKER, "paul"),
        "other owner": lambda: owner(other, "otto"),
    }[who]()
    before = Shop.objects.filter(pk=bakery.pk).values().get()
    with pytest.raises(NotAllowed):
        actions.edit_shop(shop=bakery, version=bakery.version, changes={"name": "Gekapert"}, by=actor)
    with pytest.raises(NotAllowed):
        actions.move_shop(shop=bakery, to=Shop.PAUSED, by=actor)
    with pytest.raises(NotAllowed):
        actions.set_picture(shop=bakery, image=None, by=actor)
    with pytest.raises(NotAllowed):
        actions.invite(shop=bakery, email="x@example.org", role=Membership.OWNER, by=actor)
    assert Shop.objects.filter(pk=bakery.pk).values().get() == before
    assert not Invitation.objects.exists()


def test_hours_that_cannot_be_read_are_refused():
    bakery = shop()
    with pytest.raises(ActionRefused, match=r"."):
        actions.edit_shop(shop=bakery, version=bakery.version, changes={"hours": "immer mal"}, by=owner(bakery))
    bakery.refresh_from_db()
    assert bakery.hours == COMPLETE["hours"]


def test_a_shop_opens_pauses_and_is_given_up_only_along_its_ways():
    bakery = shop(open=False)
    erna, stefan = owner(bakery), worker(bakery, Membership.STAFF, "stefan")
    with pytest.raises(ActionRefused):
        actions.move_shop(shop=bakery, to=Shop.PAUSED, by=erna)
    assert actions.move_shop(shop=bakery, to=Shop.OPEN, by=stefan).state == Shop.OPEN
    paused = actions.move_shop(shop=bakery, to=Shop.PAUSED, note="Urlaub bis 6. Januar", by=stefan)
    assert (paused.state, paused.pause_note) == (Shop.PAUSED, "Urlaub bis 6. Januar")
    with pytest.raises(NotAllowed):
        actions.move_shop(shop=bakery, to=Shop.CLOSED, by=stefan)
    assert actions.move_shop(shop=bakery, to=Shop.CLOSED, by=erna).state == Shop.CLOSED
    assert not search.find("Musterkorn").hits


def test_a_shop_without_address_does_not_become_visible():
    bakery = shop(open=False, street="", postcode="", town="", lon=None, lat=None)
    with pytest.raises(ActionRefused):
        actions.move_shop(shop=bakery, to=Shop.OPEN, by=owner(bakery))
    bakery.refresh_from_db()
    assert bakery.state == Shop.DRAFT


@pytest.mark.parametrize("lack", ["legal_name", "legal_form", "street", "postcode", "town", "phone", "email", "vat_id"])
def test_nothing_is_sold_while_something_is_missing(lack):
    bakery = shop()
    assert rules.may_sell(bakery)
    setattr(bakery, lack, "")
    assert [missing.field for missing in rules.missing_for_sale(bakery)] == [lack]
    assert not rules.may_sell(bakery)


def test_small_businesses_need_no_vat_id_and_companies_need_their_register():
    small = shop(vat_id="", small_business=True)
    assert rules.may_sell(small)
    company = shop("Muster GmbH", legal_form="gmbh")
    assert [missing.field for missing in rules.missing_for_sale(company)] == ["register_entry"]


@pytest.mark.parametrize("state", [Shop.DRAFT, Shop.PAUSED, Shop.CLOSED])
def test_only_an_open_shop_sells_or_is_open(state):
    bakery = shop()
    bakery.state = state
    assert not rules.may_sell(bakery)
    assert queries.open_state(bakery, berlin("2026-11-23 10:00")).is_open is False


def test_an_invited_person_joins_by_accepting():
    bakery = shop()
    row = actions.invite(shop=bakery, email="neu@example.org", role=Membership.PACKER, by=owner(bakery))
    new = person("neu")
    EmailAddress.objects.create(user=new, email=new.email, verified=True, primary=True)
    jobs.run_all()
    assert Message.objects.get(kind="invitation").sender == "market"
    accounts.accept_invitation(row, by=actor_for(new))
    jobs.run_all()
    assert rules.role_in(actor_for(new), bakery) == Membership.PACKER


def test_a_shop_never_loses_its_last_owner():
    bakery = shop()
    erna = owner(bakery)
    alone = Membership.objects.get(shop=bakery)
    with pytest.raises(ActionRefused):
        actions.remove_member(membership=alone, by=erna)
    with pytest.raises(ActionRefused):
        actions.change_role(membership=alone, role=Membership.STAFF, by=erna)
    alone.refresh_from_db()
    assert alone.role == Membership.OWNER
    owner(bakery, "zweite")
    actions.remove_member(membership=alone, by=erna)
    assert rules.role_in(erna, bakery) is None


def test_staff_leave_by_themselves_but_remove_nobody():
    bakery = shop()
    owner(bakery)
    stefan = worker(bakery, Membership.STAFF, "stefan")
    worker(bakery, Membership.PACKER, "paul")
    paul = Membership.objects.get(shop=bakery, role=Membership.PACKER)
    with pytest.raises(NotAllowed):
        actions.remove_member(membership=paul, by=stefan)
    actions.remove_member(membership=Membership.objects.get(shop=bakery, role=Membership.STAFF), by=stefan)
    assert Membership.objects.filter(shop=bakery).count() == 2


def test_the_shop_steps_before_its_entry_on_the_map():
    entry = place("Bäckerei Musterkorn", category="bakery")
    actions.reindex()
    assert [hit.kind for hit in search.find("Musterkorn").hits] == ["place"]
    bakery = shop(place=entry, open=False)
    actions.move_shop(shop=bakery, to=Shop.OPEN, by=owner(bakery))
    assert [hit.kind for hit in search.find("Musterkorn").hits] == ["shop"]
    assert not queries.unclaimed().exists()
    assert queries.shop_of_place(entry) == bakery


def test_a_shop_takes_over_what_the_map_knows():
    made = actions.create_shop(name="Blumen Beispiel", category="flowers", place=place(), by=SYSTEM)
    assert (made.street, made.hours, made.lat) == ("Gartenweg 2", "Mo-Fr 09:00-18:00", 48.596)


@pytest.mark.parametrize("state", [code for code, _name in Shop.STATES])
@pytest.mark.parametrize("standing", [code for code, _name in Shop.STANDINGS])
@pytest.mark.parametrize("lack", ["", "legal_name", "vat_id", "street"])
def test_who_is_known_shows_and_only_who_is_approved_and_complete_sells(state, standing, lack):
    bakery = Shop(state=state, standing=standing, **COMPLETE)
    if lack:
        setattr(bakery, lack, "")
    assert rules.may_show(bakery) is (state == "open" and standing in {"known", "approved"})
    assert rules.may_sell(bakery) is (state == "open" and standing == "approved" and not lack)
    assert not rules.may_sell(bakery) or rules.may_show(bakery)
