"""Words and pictures that several pages of orders share."""

from collections.abc import Iterable
from datetime import datetime

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from stadtplatz.kit import clock
from stadtplatz.kit.templatetags.kit import day, hour
from stadtplatz.orders import rules
from stadtplatz.orders.models import OrderLine, OrderPart


def slot_words(start: datetime, end: datetime) -> str:
    """`Donnerstag, 3. Dezember, 14:00 bis 15:00 Uhr`."""
    first = f"{clock.local(start):%H:%M}"
    return _("{day}, {start} to {end}").format(day=day(start), start=first, end=hour(end))


def joined(names: Iterable[str]) -> str:
    listed = list(names)
    if len(listed) < 2:
        return "".join(listed)
    return _("{first} and {last}").format(first=", ".join(listed[:-1]), last=listed[-1])


def qr_to_hand_over(slug: str, number: str, code: str) -> SafeString:
    """Number and collection code as a QR picture that opens the shop's hand-over page."""
    address = f"{settings.BASE_URL}{reverse('shop-hand-over', args=[slug])}"
    drawn = segno.make(f"{address}?nummer={number}&code={code}", error="m")
    picture = drawn.svg_inline(scale=4, border=3, dark="#000", light="#fff", svgclass="qr", lineclass="qr__dots")
    return mark_safe(picture)  # noqa: S308 - drawn here from number and code


def withdrawal_note(exception: str) -> str:
    """What a buyer must know about withdrawing this line before ordering."""
    return {
        "none": _("14 days right of withdrawal"),
        "perishable": _("no right of withdrawal: spoils quickly"),
        "made_to_order": _("no right of withdrawal: made to your wishes"),
        "hygiene": _("no right of withdrawal once the hygiene seal is broken"),
    }.get(exception, "")


def withdrawable(line: OrderLine, part: OrderPart, at: datetime) -> bool:
    return not hasattr(line, "withdrawn") and rules.may_withdraw(line, part, at)
