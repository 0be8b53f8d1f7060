"""Terms for sellers: announced with days to spare, read beside the old ones, accepted or left (P2B Regulation, Art. 3)."""

from datetime import timedelta

import pytest

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.audit.models import Record
from stadtplatz.kit import clock
from stadtplatz.kit.jobs import run_all
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.moderation.tests.builders import clerk
from stadtplatz.notifications.models import Message
from stadtplatz.shops import actions
from stadtplatz.shops.actions import leaving
from stadtplatz.shops.models import NoticePeriod, Seller, SellerTerms, Shop, TermsAcceptance
from stadtplatz.shops.queries import terms
from stadtplatz.shops.queries.progress import missing
from stadtplatz.shops.tests.builders import owner, shop, worker

pytestmark = pytest.mark.usefixtures("town")
FIRST = "1. Wer verkauft, haftet.\n2. Die Stadt nimmt nichts."
SECOND = "1. Wer verkauft, haftet.\n2. Die Stadt nimmt einen Euro."
NOW = clock.now()


@pytest.fixture
def operator(town):
    return clerk("anna")


@pytest.fixture
def bakery(town):
    one = shop(standing=Shop.KNOWN)
    owner(one)
    Shop.objects.update(created_at=NOW - timedelta(days=400))
    return one


@pytest.fixture
def erna(bakery):
    return actor_for(Person.objects.get(email="erna@example.org"))


def write(operator, text=FIRST, days=15, at=NOW, **more):
    said = {"summary": "Alles bleibt einfach.", **more}
    return actions.write_terms(text=text, effective_at=at + timedelta(days=days), by=operator, at=at, **said)


@pytest.mark.parametrize(
    ("days", "set_to", "code"), [(15, 15, None), (14.99, 15, "effective_at"), (0, 15, "effective_at"), (20, 30, "effective_at"), (30, 30, None)]
)  # fmt: skip
def test_no_version_holds_before_the_days_the_town_has_set(operator, bakery, days, set_to, code):
    NoticePeriod.objects.filter(code="terms").update(days=set_to)
    if code is None:
        assert write(operator, days=days).number == 1
        return
    with pytest.raises(ActionRefused) as refused:
        write(operator, days=days)
    assert refused.value.code == code
    assert not SellerTerms.objects.exists()


def test_without_any_shop_the_first_version_holds_at_once(operator):
    assert write(operator, days=0).number == 1
    assert terms.current(NOW).number == 1


@pytest.mark.parametrize(
    ("change", "code"), [({"text": " "}, "text"), ({"summary": ""}, "summary"), ({"text": FIRST}, "text")]
)
def test_a_version_says_something_and_what_is_different(operator, bakery, change, code):
    write(operator, at=NOW - timedelta(days=40))
    with pytest.raises(ActionRefused) as refused:
        write(operator, **{"text": SECOND, **change})
    assert refused.value.code == code
    assert SellerTerms.objects.count() == 1


def test_one_version_waits_at_a_time_and_only_the_operator_writes(operator, bakery, erna):
    write(operator)
    with pytest.raises(ActionRefused) as refused:
        write(operator, SECOND)
    assert refused.value.code == "waits"
    with pytest.raises(NotAllowed):
        write(erna, SECOND, at=NOW + timedelta(days=20))
    assert SellerTerms.objects.count() == 1


def test_a_version_never_changes(operator):
    row = write(operator)
    row.text = "Etwas anderes"
    with pytest.raises(RuntimeError):
        row.save()


def test_each_owner_reads_the_difference_and_both_texts(operator, bakery):
    write(operator, at=NOW - timedelta(days=40))
    write(operator, SECOND, days=20, summary="Die Stadt nimmt künftig einen Euro.")
    run_all()
    mail = Message.objects.filter(subject__startswith="Neue Bedingungen").order_by("pk").last()
    assert mail.address == "erna@example.org"
    for words in ("künftig einen Euro", "/fuer-betriebe/bedingungen/2/", "/fuer-betriebe/bedingungen/1/", "beenden"):
        assert words in mail.text


def test_who_stays_is_bound_on_the_day_and_who_leaves_is_not(operator, bakery):
    gone = shop("Käse Beispiel")
    Shop.objects.filter(pk=gone.pk).update(created_at=NOW - timedelta(days=300), state=Shop.CLOSED)
    day = write(operator).effective_at
    assert actions.bind_who_stayed(at=day - timedelta(seconds=1)) == 0
    assert actions.bind_who_stayed(at=day) == 1
    assert actions.bind_who_stayed(at=day) == 0
    row = TermsAcceptance.objects.get()
    assert (row.shop, row.way) == (bakery, "stayed")
    assert Record.objects.filter(verb="shops.terms_accepted").count() == 1


def test_the_owner_accepts_before_the_day_and_once(operator, bakery, erna):
    day = write(operator).effective_at
    actions.accept_terms(shop=bakery, number=1, by=erna, at=NOW)
    actions.accept_terms(shop=bakery, number=1, by=erna, at=NOW + timedelta(days=1))
    assert actions.bind_who_stayed(at=day) == 0
    row = TermsAcceptance.objects.get()
    assert (row.way, row.by, row.at) == ("expressly", erna.key, NOW)


def test_nobody_else_accepts_and_no_old_version(operator, bakery, erna):
    write(operator, at=NOW - timedelta(days=80))
    write(operator, SECOND, at=NOW - timedelta(days=40))
    packer = worker(bakery, "pia", "packer")
    for number, by in ((1, erna), (3, erna), (2, packer), (2, operator)):
        with pytest.raises(ActionRefused):
            actions.accept_terms(shop=bakery, number=number, by=by)
    assert not TermsAcceptance.objects.exists()


def test_a_new_shop_accepts_what_holds_before_it_is_submitted(operator, bakery, erna):
    def lacks():
        seller = Seller.objects.get_or_create(shop=bakery)[0]
        return "terms_accepted" in {lack.field for lack in missing(bakery, seller)}

    assert not lacks()
    write(operator, at=NOW - timedelta(days=40))
    assert lacks()
    actions.accept_terms(shop=bakery, number=1, by=erna)
    assert not lacks()


def test_the_difference_names_each_paragraph():
    assert terms.difference(FIRST, SECOND) == [
        ("same", "1. Wer verkauft, haftet."),
        ("gone", "2. Die Stadt nimmt nichts."),
        ("new", "2. Die Stadt nimmt einen Euro."),
    ]


def test_six_months_after_leaving_the_acceptance_is_gone(operator, bakery, erna):
    write(operator, at=NOW - timedelta(days=40))
    actions.accept_terms(shop=bakery, number=1, by=erna)
    actions.move_shop(shop=bakery, to=Shop.CLOSED, by=erna, at=NOW)
    leaving.forget_sellers(at=NOW + timedelta(days=180))
    assert TermsAcceptance.objects.exists()
    leaving.forget_sellers(at=NOW + timedelta(days=190))
    assert not TermsAcceptance.objects.exists()


def test_from_the_desk_to_the_press_of_the_owner(client, operator, bakery, django_assert_max_num_queries):
    desk, side = "/desk/geschaefte/bedingungen/", f"/laden/{bakery.slug}/bedingungen/"
    assert client.get(desk).status_code == client.get(side).status_code == 302
    client.force_login(Person.objects.get(email="erna@example.org"))
    assert client.get(desk).status_code == 404
    client.force_login(Person.objects.get(email="anna.desk@example.org"))
    assert client.get(side).status_code == 404
    typed = {"text": FIRST, "summary": "Alles einfach.", "effective_on": str(clock.today())}
    assert client.post(desk, typed).status_code == 422
    client.post(desk, typed | {"effective_on": str(clock.today() + timedelta(days=16))})
    assert SellerTerms.objects.get().number == 1
    for address in ("/fuer-betriebe/bedingungen/", "/fuer-betriebe/bedingungen/1/"):
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
    assert client.get("/fuer-betriebe/bedingungen/9/").status_code == 404
    client.force_login(Person.objects.get(email="erna@example.org"))
    assert "bedingungen/1/" in client.get(side).text
    client.post(f"{side}1/")
    assert TermsAcceptance.objects.get().way == "expressly"
