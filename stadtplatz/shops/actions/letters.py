"""Letters to businesses that the map knows: with the code the entry is taken over, with the QR code it is removed."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.audit.actions import record
from stadtplatz.city.models import Place
from stadtplatz.kit import clock, codes
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.notifications import actions as notifications
from stadtplatz.shops import facts
from stadtplatz.shops.actions.claims import hand_over
from stadtplatz.shops.actions.permission import must_decide
from stadtplatz.shops.actions.removals import ask_removal
from stadtplatz.shops.actions.requests import check_claimable
from stadtplatz.shops.models import ClaimLetter, ClaimRequest, RemovalRequest, Request, Shop
from stadtplatz.shops.queries.entries import without_letter

LIFETIME = timedelta(days=90)
MOST_AT_ONCE = 50


@transaction.atomic
def write_letter(
    *, place: Place, by: Actor, claim: ClaimRequest | None = None, at: datetime | None = None
) -> ClaimLetter:
    """A letter with information, code and removal QR lies with the printed matter; an older letter to the place is void.

    Code and secret stand on the paper alone; we keep what they can be checked with. Refused: to everybody but the market desk; for
    entries that are hidden, belong to a shop, or have no address to write to.
    """
    must_decide(by)
    check_claimable(place)
    if not (place.street and place.house_number):
        raise ActionRefused(_("The map knows no address of this entry to write to."), code="address")
    now, code, secret = at or clock.now(), codes.new_typed_code(), codes.new_secret()
    ClaimLetter.objects.filter(place=place, used_at=None, expires_at__gt=now).update(expires_at=now)
    letter = ClaimLetter.objects.create(
        place=place, claim=claim, code_hash=_hashed(code), removal_hash=_hashed(secret), made_at=now,
        expires_at=now + LIFETIME,
    )  # fmt: skip
    with translation.override("de"):
        html = render_to_string("shops/letter.html", _words(letter, code, secret))
        title = _("To {business}: your entry on the square").format(business=place.name)
    notifications.keep_paper(kind="letter", title=title, html=html, sender="market", at=now)
    record(facts.LETTER_WRITTEN, subject=letter, by=by, at=at, letter=letter.pk, place=place.pk)
    return letter


def write_letters(*, most: int, by: Actor, at: datetime | None = None) -> int:
    """Letters to the next businesses of the map that have an address and no letter yet; returns how many."""
    rows = list(without_letter()[: min(most, MOST_AT_ONCE)])
    for place in rows:
        write_letter(place=place, by=by, at=at)
    return len(rows)


def redeem(
    *, place: Place, code: str, name: str, email: str, by: Actor, language: str = "de", at: datetime | None = None
) -> Shop:
    """Whoever has the letter's code takes the business over at once: the shop exists, its identity is known by letter, and the
    owner is invited by mail.

    Refused: a wrong code (counted even so; with the fifth the letter is void), a letter that is used or older than LIFETIME, an
    entry that belongs to a shop meanwhile.
    """
    now = at or clock.now()
    letter = _tried(place, code, now)
    with transaction.atomic():
        if not ClaimLetter.objects.filter(pk=letter.pk, used_at=None).update(used_at=now):
            raise ActionRefused(_("This code was used already."), code="code")
        contact = accounts.leave_contact(name=name, email=email, language=language)
        asked = ClaimRequest.objects.filter(pk=letter.claim_id, state=Request.NEW).first()
        row = asked or ClaimRequest(place=place, created_at=now)
        row.contact, row.way = contact, ClaimRequest.LETTER
        row.state, row.decided_at, row.decided_by = Request.GRANTED, now, SYSTEM.key
        row.save()
        return hand_over(row, by=SYSTEM, at=now)


@transaction.atomic
def remove_by_letter(*, secret: str, by: Actor, at: datetime | None = None) -> RemovalRequest:
    """The entry the letter was written for is gone at once: who opened the business's post speaks for it. The desk can undo it.

    Refused for unknown secrets and entries that are gone or belong to a shop.
    """
    letter = letter_by_secret(secret)
    if letter is None:
        raise ActionRefused(_("This link is not valid."), code="secret")
    return ask_removal(place=letter.place, by=by, at=at, at_once=True, brake=False)


def letter_by_secret(secret: str) -> ClaimLetter | None:
    """The letter whose QR code holds this secret."""
    return ClaimLetter.objects.select_related("place").filter(removal_hash=_hashed(secret)).first()


def _tried(place: Place, code: str, now: datetime) -> ClaimLetter:
    """The open letter to this place, if the code is right. Each try is counted before it is looked at, and stays counted."""
    opened = ClaimLetter.objects.filter(place=place, used_at=None, expires_at__gt=now, tries__lt=ClaimLetter.TRIES)
    letter = opened.order_by("-pk").first()
    if letter is None or not opened.filter(pk=letter.pk).update(tries=F("tries") + 1):
        message = _("There is no valid letter for this entry. Please ask the market desk for a new one.")
        raise ActionRefused(message, code="void")
    if not constant_time_compare(letter.code_hash, _hashed(codes.read_typed_code(code))):
        raise ActionRefused(_("This code is not right. Please check it against the letter."), code="code")
    return letter


def _hashed(secret: str) -> str:
    return salted_hmac("shops.letters", secret, algorithm="sha256").hexdigest()


def _words(letter: ClaimLetter, code: str, secret: str) -> dict[str, object]:
    return {
        "place": letter.place,
        "code": codes.spelled_code(code),
        "until": letter.expires_at,
        "claim_url": settings.BASE_URL + reverse("place-code", args=[letter.place_id]),
        "removal_url": settings.BASE_URL + reverse("letter-removal", args=[secret]),
    }
