import pytest

from stadtplatz.accounts.models import Guest, Invitation, Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.kit import jobs
from stadtplatz.kit.actors import ANONYMOUS, SYSTEM
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.notifications.models import Message
from stadtplatz.shops import actions, privacy, queries
from stadtplatz.shops.models import ClaimRequest, RemovalRequest, Shop
from stadtplatz.shops.tests.builders import owner, person, place, shop

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def desk():
    clerk = person("haendlerbetreuung")
    clerk.is_operator = True
    clerk.save()
    return actor_for(clerk)


def claim(entry):
    return actions.claim(
        place=entry,
        name="Flora Beispiel",
        position="Inhaberin",
        email="flora@example.org",
        phone="07032 9",
        by=ANONYMOUS,
    )


def test_a_granted_claim_makes_a_draft_and_invites_the_owner(desk):
    entry = place()
    row = actions.decide_claim(claim=claim(entry), approve=True, by=desk)
    assert (row.shop.name, row.shop.state, row.shop.category, row.shop.place) == (
        "Blumen Beispiel", Shop.DRAFT, "flowers", entry,
    )  # fmt: skip
    invitation = Invitation.objects.get()
    assert invitation.email == "flora@example.org"
    assert invitation.payload == {"shop": row.shop.pk, "role": "owner", "then": "/laden/?neu=1"}
    assert queries.waiting_claims() == []


def test_declining_needs_a_reason(desk):
    row = claim(place())
    with pytest.raises(ActionRefused):
        actions.decide_claim(claim=row, approve=False, by=desk)
    row.refresh_from_db()
    assert row.state == ClaimRequest.NEW
    decided = actions.decide_claim(claim=row, approve=False, reason="Am Telefon kannte Sie niemand.", by=desk)
    assert decided.state == ClaimRequest.DECLINED
    assert not Shop.objects.exists()
    assert not Invitation.objects.exists()


def test_nobody_but_the_desk_decides_and_nothing_is_decided_twice(desk):
    row, gone = claim(place()), actions.ask_removal(place=place("Weg"), by=ANONYMOUS)
    for actor in (ANONYMOUS, actor_for(person("fremd")), owner(shop())):
        with pytest.raises(NotAllowed):
            actions.decide_claim(claim=row, approve=True, by=actor)
        with pytest.raises(NotAllowed):
            actions.decide_removal(removal=gone, hide=True, by=actor)
    assert queries.waiting_claims() == [row]
    assert queries.waiting_removals() == [gone]
    actions.decide_claim(claim=row, approve=True, by=desk)
    with pytest.raises(ActionRefused):
        actions.decide_claim(claim=row, approve=False, reason="doch nicht", by=desk)
    row.refresh_from_db()
    assert row.state == ClaimRequest.GRANTED


def test_nobody_at_the_desk_grants_a_claim_of_their_own(desk):
    row = actions.claim(
        place=place(), name="H", position="Inhaber", email="Haendlerbetreuung@example.org", phone="07032 9", by=desk
    )
    with pytest.raises(NotAllowed):
        actions.decide_claim(claim=row, approve=True, by=desk)
    assert ClaimRequest.objects.get().state == ClaimRequest.NEW
    assert not Shop.objects.exists()


def test_an_entry_that_is_a_shop_cannot_be_claimed_again(desk):
    entry = place()
    first, second = claim(entry), claim(entry)
    actions.decide_claim(claim=first, approve=True, by=desk)
    with pytest.raises(ActionRefused):
        claim(entry)
    with pytest.raises(ActionRefused):
        actions.decide_claim(claim=second, approve=True, by=desk)
    second.refresh_from_db()
    assert second.state == ClaimRequest.NEW
    assert Shop.objects.count() == 1


def test_a_removal_needs_no_name_and_hides_the_entry_after_the_decision(desk):
    entry = place()
    row = actions.ask_removal(place=entry, by=ANONYMOUS)
    assert row.contact is None
    assert not Guest.objects.exists()
    assert queries.shown_place(entry.pk) == entry
    actions.decide_removal(removal=row, hide=True, by=desk)
    assert queries.shown_place(entry.pk) is None
    assert not queries.unclaimed().exists()


def test_a_removal_may_be_declined_with_a_reason(desk):
    row = actions.ask_removal(place=place(), message="Konkurrenz", email="wer@example.org", by=ANONYMOUS)
    actions.decide_removal(removal=row, hide=False, reason="Das Geschäft besteht.", by=desk)
    row.refresh_from_db()
    assert row.state == RemovalRequest.DECLINED
    assert queries.shown_place(row.place_id)


def test_the_contact_hears_that_it_arrived_and_how_it_was_decided(desk):
    row = claim(place())
    jobs.run_all()
    actions.decide_claim(claim=row, approve=False, reason="Am Telefon kannte Sie niemand.", by=desk)
    gone = actions.ask_removal(place=place("Weg"), email="wer@example.org", by=ANONYMOUS)
    actions.decide_removal(removal=gone, hide=True, by=desk)
    jobs.run_all()
    messages = list(Message.objects.order_by("pk").values_list("address", "subject", "text"))
    assert [(address, subject) for address, subject, _text in messages] == [
        ("flora@example.org", "Ihre Anfrage für „Blumen Beispiel“ ist angekommen"),
        ("flora@example.org", "Zu Ihrer Anfrage für „Blumen Beispiel“"),
        ("wer@example.org", "Zu Ihrer Bitte, „Weg“ zu entfernen"),
    ]
    assert "Am Telefon kannte Sie niemand." in messages[1][2]
    assert "nicht mehr gezeigt" in messages[2][2]


def test_what_is_kept_about_somebody_is_told_and_erased():
    row = claim(place())
    assert privacy.export(row.contact)["requests"][0]["place"] == "Blumen Beispiel"
    assert privacy.erase(row.contact, by=SYSTEM) == []
    row.refresh_from_db()
    assert (row.contact, row.message, row.position) == (None, "", "")
    bakery = shop()
    owner(bakery)
    erna = Person.objects.get(email="erna@example.org")
    assert privacy.export(erna) == {"works_in": [{**privacy.export(erna)["works_in"][0], "role": "owner"}]}
    assert len(privacy.erase(erna, by=SYSTEM)) == 1
    owner(bakery, "zweite")
    assert privacy.erase(erna, by=SYSTEM) == []
    assert privacy.export(erna) == {}
