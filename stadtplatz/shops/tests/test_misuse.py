"""A shop that shows manifestly illegal content again and again is warned, then suspended until a day (Art. 23 (1) DSA)."""

from datetime import timedelta

import pytest

from stadtplatz.accounts.models import Person
from stadtplatz.kit import clock
from stadtplatz.kit.jobs import run_all
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.moderation import actions as moderation
from stadtplatz.moderation import queries as notices
from stadtplatz.moderation.models import Measure
from stadtplatz.moderation.queries import misuse
from stadtplatz.moderation.tests.builders import content, desk_of_two, notice, ruling
from stadtplatz.notifications.models import Message
from stadtplatz.shops import actions
from stadtplatz.shops.content import shop_content
from stadtplatz.shops.models import Membership, Shop
from stadtplatz.shops.tests.builders import owner, shop

pytestmark = pytest.mark.usefixtures("town")
WHY = {
    "gravity": "Zwei Kundinnen wurden krank.",
    "intention": "Auf Nachfrage kam keine Antwort.",
    "reasons": "Nach der Warnung kam derselbe Sirup wieder.",
}


@pytest.fixture
def desk(town):
    return desk_of_two()


@pytest.fixture
def bakery():
    one = shop(standing=Shop.KNOWN)
    owner(one)
    return one


def taken_down(bakery, desk, count=1, at=None, manifest=True, start=0):
    for number in range(count):
        about = content(str(1000 + start + number), owner=f"shop:{bakery.pk}")
        given = notice(about, at=at)
        moderation.decide(matter=given.matter, ruling=ruling(manifest=manifest), by=desk[0], at=at)


def take(bakery, by, kind="warning", days=None, at=None):
    finding = moderation.Finding(kind=kind, days=days, **WHY)
    return moderation.take_measure(side="owner", subject=f"shop:{bakery.pk}", finding=finding, by=by, at=at)


@pytest.fixture
def shut_out(bakery, desk):
    taken_down(bakery, desk, 3, at=clock.now() - timedelta(days=9))
    take(bakery, desk[0], at=clock.now() - timedelta(days=3))
    taken_down(bakery, desk, start=50)
    row = take(bakery, desk[0], "suspension", 30)
    run_all()
    return row


def standing(bakery):
    return Shop.objects.get(pk=bakery.pk).standing


def test_only_manifest_decisions_that_stand_are_counted_and_how_many_offers_there_are(bakery, desk):
    taken_down(bakery, desk, 2)
    taken_down(bakery, desk, 1, manifest=False, start=20)
    taken_down(bakery, desk, 1, start=30)
    last = notices.decisions_about(f"shop:{bakery.pk}")[0].matter
    moderation.decide(matter=last, ruling=ruling(restrict=False), by=desk[0])
    assert misuse.count("owner", f"shop:{bakery.pk}").cases == 2
    with pytest.raises(ActionRefused):
        take(bakery, desk[0])
    assert not Measure.objects.exists()


def test_the_shop_is_suspended_until_the_day_and_its_team_reads_why(bakery, shut_out):
    assert standing(bakery) == Shop.SUSPENDED
    mail = Message.objects.filter(subject__startswith="Gesperrt bis").get()
    assert mail.address == "erna@example.org"
    assert "Zwei Kundinnen" in mail.text
    moderation.end_measures(at=shut_out.until)
    run_all()
    assert standing(bakery) == Shop.KNOWN
    assert Message.objects.filter(subject="Die Sperre ist vorbei").exists()


def test_the_button_for_sellers_does_not_lift_it(bakery, desk, shut_out):
    with pytest.raises(ActionRefused) as refused:
        actions.lift(shop=bakery, reasons="Aus Versehen.", by=desk[1])
    assert refused.value.code == "measure"
    assert standing(bakery) == Shop.SUSPENDED


def test_a_suspension_for_something_else_before_goes_on_as_a_measure(bakery, desk):
    actions.suspend(shop=bakery, reasons="Die Anschrift gibt es nicht.", by=desk[0])
    taken_down(bakery, desk, 3, at=clock.now() - timedelta(days=9))
    take(bakery, desk[0], at=clock.now() - timedelta(days=3))
    taken_down(bakery, desk, start=50)
    row = take(bakery, desk[0], "suspension", 30)
    run_all()
    actions.lift(shop=bakery, reasons="Die Anschrift gibt es doch.", by=desk[0])
    run_all()
    assert standing(bakery) == Shop.SUSPENDED
    moderation.end_measure(measure=row, reason="Alles ist berichtigt.", by=desk[1])
    run_all()
    assert standing(bakery) == Shop.KNOWN


def test_a_notice_about_the_shop_keeps_it_down_after_the_measure(bakery, desk, shut_out):
    matter = notice(shop_content(bakery)).matter
    actions.decide_about_shop(matter=matter, ruling=ruling(), by=desk[0])
    moderation.end_measures(at=shut_out.until)
    run_all()
    assert standing(bakery) == Shop.SUSPENDED
    actions.decide_about_shop(matter=matter, ruling=ruling(restrict=False), by=desk[0])
    run_all()
    assert standing(bakery) == Shop.KNOWN


def test_nobody_takes_or_answers_a_measure_about_a_shop_of_their_own(bakery, desk, shut_out):
    bert = Person.objects.get(email="bert.desk@example.org")
    Membership.objects.create(person=bert, shop=bakery, role=Membership.PACKER, since=clock.now())
    moderation.complain_measure(measure=shut_out, text="Das war ein Irrtum.", by=desk[1])
    for act in (
        lambda: take(bakery, desk[1]),
        lambda: moderation.end_measure(measure=shut_out, reason="Genug davon.", by=desk[1]),
        lambda: moderation.answer_measure(measure=shut_out, upheld=True, answer="Ja, stimmt.", by=desk[1]),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Measure.objects.get(pk=shut_out.pk).running


def test_the_shop_reads_it_among_its_decisions(client, bakery, shut_out):
    client.force_login(Person.objects.get(email="erna@example.org"))
    html = client.get(f"/laden/{bakery.slug}/entscheidungen/").text
    assert shut_out.get_absolute_url() in html
