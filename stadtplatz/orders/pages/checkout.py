"""What the three pages to the order button show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from stadtplatz.delivery.models import Slot
from stadtplatz.kit.money import VatLine, vat_by_rate
from stadtplatz.orders.models import Checkout
from stadtplatz.orders.pages.words import withdrawal_note
from stadtplatz.orders.queries.basket import BasketView, ShopGroup
from stadtplatz.orders.queries.checkout import Review, SlotsOfShop


def checkout_steps(now: int) -> list[tuple[str, str]]:
    """The three pages to the order button."""
    labels = [_("Collection"), _("Contact"), _("Check and order")]
    return [(label, "done" if i < now else "now" if i == now else "next") for i, label in enumerate(labels)]


def typed_slots(data: Mapping[str, str], view: BasketView) -> dict[int, int]:
    """The slots a form names, by shop id; what is no number is left out."""
    typed = {group.shop.pk: data.get(f"slot-{group.shop.pk}", "") for group in view.groups}
    return {pk: int(value) for pk, value in typed.items() if value.isascii() and value.isdigit() and len(value) < 18}


def with_typed(choices: Iterable[SlotsOfShop], typed: Mapping[int, int]) -> list[SlotsOfShop]:
    """The choices with what was just chosen kept, also when the form comes back."""
    result = []
    for choice in choices:
        wanted = typed.get(choice.group.shop.pk)
        slots = [option.slot for slot_day in choice.days for option in slot_day.slots]
        result.append(replace(choice, chosen=next((slot for slot in slots if slot.pk == wanted), choice.chosen)))
    return result


def typed_contact(checkout: Checkout) -> dict[str, str]:
    """The contact that was typed before; nothing the first time."""
    if not checkout.name:
        return {}
    return {"name": checkout.name, "email": checkout.email, "phone": checkout.phone}


@dataclass(frozen=True)
class ReviewRow:
    """One shop on the review page: its goods, its slot, its VAT, and who sells."""

    group: ShopGroup
    slot: Slot
    vat: list[VatLine]
    notes: dict[int, str]
    """What a buyer must know about withdrawal, by offer id."""


def review_rows(review: Review) -> list[ReviewRow]:
    """The shops of an order before it is placed."""
    return [
        ReviewRow(
            group,
            review.slots[group.shop.pk],
            []
            if group.shop.small_business
            else vat_by_rate((line.price.vat_rate, line.amount + line.deposit_amount) for line in group.lines),
            {line.offer.pk: withdrawal_note(line.offer.withdrawal) for line in group.lines},
        )
        for group in review.basket.groups
        if group.shop.pk in review.slots
    ]
