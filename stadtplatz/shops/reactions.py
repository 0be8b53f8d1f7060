"""What follows in shops: the invited join, the contacts of requests hear the answer."""

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse

from stadtplatz.accounts import queries as accounts
from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.moderation import queries as moderation
from stadtplatz.moderation.models import Measure
from stadtplatz.notifications import actions as notifications
from stadtplatz.shops import actions, queries
from stadtplatz.shops.actions import team
from stadtplatz.shops.actions.judging import restore_after
from stadtplatz.shops.actions.noticed import keep_down, suspend_for_misuse
from stadtplatz.shops.content import OWNER
from stadtplatz.shops.models import (
    CareTask,
    ClaimRequest,
    Complaint,
    Enquiry,
    Membership,
    RemovalRequest,
    Request,
    SellerTerms,
    Shop,
)
from stadtplatz.shops.queries import terms

MARKET = "market"


@reacts_to("accounts.invitation_accepted")
def join_team(record: Record) -> None:
    """Whoever accepted an invitation to a shop works there."""
    if record.keys.get("purpose") != team.PURPOSE:
        return
    row = accounts.invitation(record.keys["invitation"])
    shop = Shop.objects.filter(pk=row.payload["shop"]).first() if row else None
    person = accounts.person_of(record.keys["person"])
    if row and shop and person:
        team.add_member(shop=shop, person=person, role=row.payload["role"], by=SYSTEM, at=record.at)


@reacts_to("city.map_imported")
def find_businesses(record: Record) -> None:
    """What the map knows of businesses can be found by searching."""
    actions.reindex()


@reacts_to("shops.claimed")
def thank_claimant(record: Record) -> None:
    """The contact reads that the claim arrived and what happens next."""
    _tell(ClaimRequest.objects.filter(pk=record.keys["claim"]).first(), "shops/mail/claimed.html", record)


@reacts_to("shops.claim_decided")
def tell_claimant(record: Record) -> None:
    """The contact reads the decision; the invitation itself comes as its own mail."""
    _tell(ClaimRequest.objects.filter(pk=record.keys["claim"]).first(), "shops/mail/claim_decided.html", record)


@reacts_to("shops.removal_decided")
def tell_remover(record: Record) -> None:
    """Whoever left an address reads whether the entry is gone."""
    _tell(RemovalRequest.objects.filter(pk=record.keys["removal"]).first(), "shops/mail/removal_decided.html", record)


DECISIONS = {
    "shops.approved": "approved",
    "shops.returned": "returned",
    "shops.suspended": "suspended",
    "shops.lifted": "lifted",
    "shops.complaint_decided": "complaint",
}


@reacts_to(*DECISIONS)
def tell_owners(record: Record) -> None:
    """All owners read what was decided about their shop, why, and how to complain; about a notice they get its own statement."""
    if record.keys.get("notice"):
        return
    shop = Shop.objects.get(pk=record.keys["shop"])
    row = Complaint.objects.filter(pk=record.keys.get("complaint")).first()
    context = {
        "what": DECISIONS[record.verb],
        "shop": shop.name,
        "reasons": row.answer if row else queries.seller(shop).reasons,
        "upheld": bool(row and row.upheld),
    }
    write_to_team(
        shop, "shops/mail/seller_decided.html", context, record, reverse("shop-setup", args=[shop.slug]), OWNERS
    )


@reacts_to("moderation.restricted", "moderation.lifted", "moderation.kept")
def send_statement(record: Record) -> None:
    """Owner and staff read why something of theirs is no longer shown, or that it is shown again (Art. 17 DSA)."""
    kind, _sign, key = str(record.keys.get("owner", "")).partition(":")
    shop = Shop.objects.filter(pk=key).first() if kind == OWNER and key.isdigit() else None
    said = moderation.statement(record.keys["statement"])
    if shop is None or said is None or not (said.outcome == said.RESTRICTED or moderation.was_restricted(said)):
        return
    context = {
        "restricted": said.outcome == said.RESTRICTED,
        "title": said.matter.title,
        "basis_kind": said.basis_kind,
        "basis": said.basis,
        "facts": said.facts,
        "until": said.decided_at + moderation.SIX_MONTHS,
    }
    path = reverse("shop-decisions", args=[shop.slug])
    write_to_team(shop, "moderation/mail/statement.html", context, record, path, MANAGERS)


MEASURES = {
    "moderation.warned": "warned",
    "moderation.shut_out": "shut_out",
    "moderation.let_in": "let_in",
    "moderation.measure_answered": "answered",
}


@reacts_to(*MEASURES)
def follow_measure(record: Record) -> None:
    """A shop that was shut out for misuse is suspended, and stands as before when that is over; owner and staff read why."""
    kind, _sign, key = str(record.keys.get("owner", "")).partition(":")
    shop = Shop.objects.filter(pk=key).first() if kind == OWNER and key.isdigit() else None
    row = Measure.objects.filter(pk=record.keys["measure"]).first()
    if shop is None or row is None:
        return
    if row.running:
        suspend_for_misuse(shop, row, by=SYSTEM, at=record.at)
    elif record.verb == "moderation.let_in":
        restore_after(shop=shop, notice=row.number, by=SYSTEM, at=record.at)
        keep_down(shop, by=SYSTEM, at=record.at)
    context = moderation.measure_context(row, MEASURES[record.verb])
    write_to_team(shop, moderation.MEASURE_MAIL, context, record, row.get_absolute_url(), MANAGERS)


@reacts_to("shops.terms_announced")
def announce_terms(record: Record) -> None:
    """The owners of each shop read what is different, with both texts, and until when they may leave (Art. 3 (2) P2B)."""
    row = SellerTerms.objects.get(number=record.keys["terms"])
    last = terms.before(row)
    context = {
        "summary": row.summary,
        "effective_at": row.effective_at,
        "new_url": settings.BASE_URL + row.get_absolute_url(),
        "old_url": settings.BASE_URL + last.get_absolute_url() if last else "",
    }
    for shop in Shop.objects.exclude(state=Shop.CLOSED).order_by("pk").iterator():
        path = reverse("shop-terms", args=[shop.slug])
        write_to_team(
            shop, "shops/mail/terms.html", context | {"shop": shop.name}, record, path, OWNERS, once=f":{shop.pk}"
        )


@reacts_to("shops.lifted")
def stay_down(record: Record) -> None:
    """A shop whose suspension ended stays suspended if something else keeps it down."""
    if shop := Shop.objects.filter(pk=record.keys["shop"]).first():
        keep_down(shop, by=SYSTEM, at=record.at)


@reacts_to("shops.asked")
def tell_of_question(record: Record) -> None:
    """Owner and staff read that somebody asked something."""
    row = Enquiry.objects.select_related("shop").get(pk=record.keys["enquiry"])
    context = {"shop": row.shop.name, "text": row.text}
    write_to_team(
        row.shop, "shops/mail/asked.html", context, record, reverse("shop-inbox", args=[row.shop.slug]), MANAGERS
    )


@reacts_to("shops.answered")
def send_answer(record: Record) -> None:
    """Whoever asked reads the shop's answer."""
    row = Enquiry.objects.select_related("shop", "contact").get(pk=record.keys["enquiry"])
    if row.contact:
        notifications.notify(
            to=row.contact,
            template="shops/mail/answered.html",
            context={"shop": row.shop.name, "question": row.text, "answer": row.answer},
            link=settings.BASE_URL + reverse("shop", args=[row.shop.slug]),
            sender=MARKET,
            once=f"{record.verb}:{record.pk}",
        )


@reacts_to("shops.helped")
def tell_of_help(record: Record) -> None:
    """Owner and staff read what the market desk did."""
    row = CareTask.objects.select_related("shop").get(pk=record.keys["task"])
    context = {"shop": row.shop.name, "text": row.text, "answer": row.answer}
    write_to_team(
        row.shop, "shops/mail/helped.html", context, record, reverse("shop-help", args=[row.shop.slug]), MANAGERS
    )


MANAGERS = (Membership.OWNER, Membership.STAFF)
OWNERS = (Membership.OWNER,)


def write_to_team(
    shop: Shop,
    template: str,
    context: Mapping[str, object],
    record: Record,
    path: str,
    roles: tuple[str, ...],
    once: str = "",
) -> None:
    """Everybody of the team with one of these roles gets this mail once."""
    for member in Membership.objects.select_related("person").filter(shop=shop, role__in=roles):
        notifications.notify(
            to=member.person, template=template, context=dict(context), link=settings.BASE_URL + path, sender=MARKET,
            kind="shop", once=f"{record.verb}:{record.pk}:{member.person_id}{once}",
        )  # fmt: skip


def _tell(row: Request | None, template: str, record: Record) -> None:
    if row is None or row.contact is None:
        return
    notifications.notify(
        to=row.contact,
        template=template,
        context={"place": _name(row), "granted": row.state == Request.GRANTED, "reason": row.reason},
        sender=MARKET,
        once=f"{record.verb}:{record.pk}",
    )


def _name(row: Request) -> str:
    return row.business_name if isinstance(row, ClaimRequest) else RemovalRequest.objects.get(pk=row.pk).place.name
