"""Nothing is sold before two different people have looked at who sells."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.shops import actions, numbers, rules
from stadtplatz.shops.actions.files import digest_of
from stadtplatz.shops.models import Complaint, Membership, Seller, Shop
from stadtplatz.shops.queries.progress import missing
from stadtplatz.shops.tests.builders import FILE, owner, person, shop, worker

pytestmark = pytest.mark.usefixtures("town")


def clerk(name):
    someone = person(name)
    someone.is_operator = True
    someone.save()
    return actor_for(someone)


class World:
    """A bakery whose file is complete, its owner, and two people of the market desk."""

    def __init__(self):
        self.shop = shop(standing=Shop.KNOWN)
        self.erna = owner(self.shop)
        self.anna, self.bert = clerk("anna"), clerk("bert")
        actions.edit_seller(shop=self.shop, version=1, changes=FILE, certify=True, texts_read=True, by=self.erna)

    @property
    def file(self):
        return Seller.objects.get(shop=self.shop)

    @property
    def now(self):
        return Shop.objects.get(pk=self.shop.pk)

    def submit(self):
        return actions.submit(shop=self.now, by=self.erna)

    def approve(self, by):
        return actions.approve(shop=self.now, digest=self.file.digest, by=by)

    def approved(self):
        self.submit()
        self.approve(self.anna)
        return self.approve(self.bert)


@pytest.fixture
def world():
    return World()


def test_two_different_people_approve_and_only_then_the_shop_sells(world):
    assert not rules.may_sell(world.now)
    world.submit()
    world.approve(world.anna)
    assert rules.may_show(world.now)
    assert not rules.may_sell(world.now)
    world.approve(world.bert)
    assert world.file.state == Seller.APPROVED
    assert rules.may_sell(world.now)


@pytest.mark.parametrize("times", [1, 2, 5])
def test_the_same_person_never_looks_twice(world, times):
    world.submit()
    world.approve(world.anna)
    for _again in range(times):
        with pytest.raises(NotAllowed):
            world.approve(world.anna)
    assert (world.file.state, world.file.second_by, world.now.standing) == (Seller.SUBMITTED, "", Shop.KNOWN)


def test_the_database_itself_knows_no_approval_by_one_person(world):
    for wrong in ({"first_by": "p:a", "second_by": "p:a"}, {"second_by": "p:a"}, {"state": "approved"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seller.objects.update(**wrong)


@pytest.mark.parametrize("who", ["anonymous", "owner", "staff", "other owner", "clerk who works there"])
def test_nobody_else_judges_a_seller(world, who):
    world.submit()
    if who == "clerk who works there":
        actor = world.anna
        Membership.objects.create(
            person_id=actor.person_id, shop=world.shop, role=Membership.STAFF, since=world.shop.created_at
        )
    else:
        actor = {
            "anonymous": lambda: ANONYMOUS,
            "owner": lambda: world.erna,
            "staff": lambda: worker(world.shop, Membership.STAFF, "stefan"),
            "other owner": lambda: owner(shop("Andere"), "otto"),
        }[who]()
    before = Seller.objects.values().get(shop=world.shop)
    for judge in (
        lambda: world.approve(actor),
        lambda: actions.send_back(shop=world.shop, reasons="so", by=actor),
        lambda: actions.suspend(shop=world.shop, reasons="so", by=actor),
        lambda: actions.lift(shop=world.shop, reasons="so", by=actor),
    ):
        with pytest.raises(NotAllowed):
            judge()
    assert Seller.objects.values().get(shop=world.shop) == before


@pytest.mark.parametrize("who", ["anonymous", "staff", "packer", "other owner", "clerk"])
def test_only_the_owner_fills_in_submits_and_complains(world, who):
    actor = {
        "anonymous": lambda: ANONYMOUS,
        "staff": lambda: worker(world.shop, Membership.STAFF, "stefan"),
        "packer": lambda: worker(world.shop, Membership.PACKER, "paul"),
        "other owner": lambda: owner(shop("Andere"), "otto"),
        "clerk": lambda: world.anna,
    }[who]()
    before = Seller.objects.values().get(shop=world.shop)
    with pytest.raises(NotAllowed):
        actions.edit_seller(shop=world.shop, version=2, changes={"iban": FILE["iban"]}, by=actor)
    with pytest.raises(NotAllowed):
        actions.submit(shop=world.shop, by=actor)
    with pytest.raises(NotAllowed):
        actions.complain(shop=world.shop, text="ungerecht", by=actor)
    assert Seller.objects.values().get(shop=world.shop) == before


LACKS = {
    "legal_name": "shop", "legal_form": "shop", "vat_id": "shop", "street": "shop", "phone": "shop", "email": "shop",
    "account_holder": "file", "iban": "file", "packaging": "file", "lucid": "file", "safety_name": "file",
    "safety_contact": "file", "certified_at": "file", "texts_at": "file", "handing_over": "file",
}  # fmt: skip


@pytest.mark.parametrize("lack", LACKS)
def test_an_incomplete_file_is_not_submitted(world, lack):
    empty = {"certified_at": None, "texts_at": None, "handing_over": []}.get(lack, "")
    model, mine = (Shop, {"pk": world.shop.pk}) if LACKS[lack] == "shop" else (Seller, {"shop": world.shop})
    model.objects.filter(**mine).update(**{lack: empty})
    with pytest.raises(actions.StillMissing) as refused:
        world.submit()
    assert [missing.field for missing in refused.value.missing] == [lack]
    assert world.file.state == Seller.FILLING


def test_a_shop_that_nobody_knows_submits_nothing(world):
    Shop.objects.update(standing=Shop.NEW)
    with pytest.raises(ActionRefused):
        world.submit()
    assert world.file.state == Seller.FILLING


@pytest.mark.parametrize("what", ["iban", "legal_name", "street"])
def test_other_data_than_the_approved_ones_must_be_approved_again(world, what):
    world.approved()
    if what == "iban":
        actions.edit_seller(shop=world.now, version=2, changes={"iban": "DE75512108001245126199"}, by=world.erna)
    else:
        actions.edit_shop(shop=world.now, version=world.now.version, changes={what: "Anders 7"}, by=world.erna)
    assert world.file.state == Seller.FILLING
    assert rules.may_show(world.now)
    assert not rules.may_sell(world.now)


def test_a_new_description_changes_nothing_about_the_approval(world):
    world.approved()
    actions.edit_shop(shop=world.now, version=world.now.version, changes={"description": "Neu"}, by=world.erna)
    assert rules.may_sell(world.now)


def test_what_was_changed_between_looking_and_pressing_is_not_approved(world):
    world.submit()
    seen = world.file.digest
    actions.edit_seller(shop=world.now, version=2, changes={"account_holder": "Wer anders"}, by=world.erna)
    world.submit()
    with pytest.raises(ActionRefused):
        actions.approve(shop=world.now, digest=seen, by=world.anna)
    assert world.file.first_by == ""


@pytest.mark.parametrize(
    ("field", "value"), [("iban", "DE89370400440532013001"), ("lucid", "DE12"), ("handing_over", ["drohne"])]
)
def test_numbers_that_cannot_be_right_are_refused(world, field, value):
    before = Seller.objects.values().get()
    with pytest.raises(ActionRefused):
        actions.edit_seller(shop=world.shop, version=2, changes={field: value}, by=world.erna)
    assert Seller.objects.values().get() == before


def test_a_stale_edit_of_the_file_is_refused(world):
    with pytest.raises(Stale):
        actions.edit_seller(shop=world.shop, version=1, changes={"account_holder": "X"}, by=world.erna)
    assert world.file.account_holder == FILE["account_holder"]


def test_suspended_shops_disappear_and_their_owner_reads_why(world):
    world.approved()
    with pytest.raises(ActionRefused):
        actions.suspend(shop=world.now, reasons=" ", by=world.anna)
    assert world.now.is_listed
    actions.suspend(shop=world.now, reasons="Die Adresse gibt es nicht.", by=world.anna)
    assert not world.now.is_listed
    assert not rules.may_show(world.now)
    assert world.file.reasons == "Die Adresse gibt es nicht."


@pytest.mark.parametrize("upheld", [True, False])
def test_a_complaint_is_decided_by_somebody_else_and_may_restore_everything(world, upheld):
    world.approved()
    actions.suspend(shop=world.now, reasons="Falsche Adresse.", by=world.anna)
    row = actions.complain(shop=world.now, text="Die Adresse stimmt.", by=world.erna)
    with pytest.raises(ActionRefused):
        actions.complain(shop=world.now, text="Noch einmal.", by=world.erna)
    with pytest.raises(NotAllowed):
        actions.decide_complaint(complaint=row, upheld=False, answer="Nein.", by=world.anna)
    with pytest.raises(NotAllowed):
        actions.decide_complaint(complaint=row, upheld=True, answer="Ja.", by=world.erna)
    actions.decide_complaint(complaint=row, upheld=upheld, answer="Geprüft.", by=world.bert)
    assert world.now.standing == (Shop.APPROVED if upheld else Shop.SUSPENDED)
    with pytest.raises(ActionRefused):
        actions.decide_complaint(complaint=row, upheld=not upheld, answer="Doch.", by=world.bert)
    assert Complaint.objects.get().upheld is upheld


def test_a_lifted_suspension_needs_both_looks_again(world):
    world.approved()
    actions.suspend(shop=world.now, reasons="Falsche Adresse.", by=world.anna)
    actions.lift(shop=world.now, reasons="Berichtigt.", by=world.anna)
    assert (world.now.standing, world.file.state, world.file.first_by) == (Shop.KNOWN, Seller.FILLING, "")


def test_what_was_sent_back_can_be_submitted_again(world):
    world.submit()
    actions.send_back(shop=world.now, reasons="Der Name fehlt im Register.", by=world.anna)
    assert (world.file.state, world.now.standing) == (Seller.RETURNED, Shop.KNOWN)
    assert world.submit().reasons == ""


MOVES = st.lists(
    st.sampled_from(["submit", "anna", "bert", "anna", "bert", "iban", "name", "back", "suspend", "lift", "complain", "uphold"]),
    max_size=12,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOVES)
def test_whatever_happens_in_whatever_order_selling_means_two_different_looks_at_these_data(world, moves):
    for number, move in enumerate(moves):
        act = {
            "submit": world.submit,
            "anna": lambda: world.approve(world.anna),
            "bert": lambda: world.approve(world.bert),
            "iban": lambda n=number: actions.edit_seller(
                shop=world.now, version=world.file.version, changes={"account_holder": f"Inhaber {n}"}, by=world.erna
            ),
            "name": lambda n=number: actions.edit_shop(
                shop=world.now, version=world.now.version, changes={"legal_name": f"Name {n}"}, by=world.erna
            ),
            "back": lambda: actions.send_back(shop=world.now, reasons="Grund", by=world.anna),
            "suspend": lambda: actions.suspend(shop=world.now, reasons="Grund", by=world.anna),
            "lift": lambda: actions.lift(shop=world.now, reasons="Grund", by=world.bert),
            "complain": lambda: actions.complain(shop=world.now, text="Nein", by=world.erna),
            "uphold": lambda: actions.decide_complaint(
                complaint=Complaint.objects.filter(upheld=None).first() or Complaint(shop=world.now),
                upheld=True,
                answer="Ja",
                by=world.bert,
            ),
        }[move]
        try:
            with transaction.atomic():
                act()
        except ActionRefused:
            pass
        file = world.file
        if rules.may_sell(world.now):
            assert file.state == Seller.APPROVED
            assert file.first_by
            assert file.second_by
            assert file.first_by != file.second_by
            assert file.digest == digest_of(world.now, file)
            assert not missing(world.now, file)
        assert (file.state == Seller.SUSPENDED) == (world.now.standing == Shop.SUSPENDED)
    Complaint.objects.all().delete()
    Seller.objects.update(state=Seller.FILLING, first_by="", second_by="")
    Shop.objects.update(standing=Shop.KNOWN)


@pytest.mark.parametrize(
    ("check", "typed", "kept"),
    [
        (numbers.vat_id, "de 136 695 976", "DE136695976"),
        (numbers.vat_id, "ATU13585627", "ATU13585627"),
        (numbers.iban, "de89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        (numbers.iban, "AT61 1904 3002 3457 3201", "AT611904300234573201"),
        (numbers.lucid, "de 1234567890123", "DE1234567890123"),
    ],
)
def test_numbers_are_kept_in_one_spelling(check, typed, kept):
    assert check(typed) == kept


@pytest.mark.parametrize(
    ("check", "typed"),
    [
        (numbers.vat_id, "DE136695977"), (numbers.vat_id, "DE13669597"), (numbers.vat_id, "136695976x"),
        (numbers.vat_id, "12/345/67890"), (numbers.iban, "DE00370400440532013000"), (numbers.iban, "DE8937040044053201300"),
        (numbers.iban, "XX89370400440532013000"), (numbers.iban, ""), (numbers.lucid, "1234567890123"),
        (numbers.lucid, "DE123456789012"), (numbers.lucid, "DE12345678901234"),
    ],
)  # fmt: skip
def test_wrong_numbers_are_named(check, typed):
    with pytest.raises(ValueError, match=r"."):
        check(typed)


@pytest.mark.parametrize("position", range(2, 22))
def test_every_single_wrong_digit_of_an_iban_is_noticed(position):
    right = "DE89370400440532013000"
    wrong = right[:position] + str((int(right[position]) + 3) % 10) + right[position + 1 :]
    with pytest.raises(ValueError, match=r"."):
        numbers.iban(wrong)


@pytest.mark.parametrize(
    ("typed", "form", "kept"),
    [
        ("Amtsgericht Stuttgart, HRB 12345", "gmbh", "Amtsgericht Stuttgart, HRB 12345"),
        ("Amtsgericht  Stuttgart HRA 7 B", "kg", "Amtsgericht Stuttgart, HRA 7 B"),
        ("Amtsgericht Köln, GnR 99", "eg", "Amtsgericht Köln, GnR 99"),
        ("Amtsgericht Stuttgart, HRA 12345", "gmbh", None),
        ("HRB 12345", "gmbh", None),
        ("beantragt", "gmbh", None),
    ],
)
def test_the_register_entry_names_court_part_and_number(typed, form, kept):
    if kept is None:
        with pytest.raises(ValueError, match=r"."):
            numbers.register_entry(typed, form)
    else:
        assert numbers.register_entry(typed, form) == kept
