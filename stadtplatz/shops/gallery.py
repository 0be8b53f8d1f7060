"""The shop's gallery and its market days: added, put in order, taken away. Owner and staff only."""

from __future__ import annotations

from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.kit import media
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.kit.uploads import AcceptedImage
from stadtplatz.shops import facts, rules
from stadtplatz.shops.models import Shop, ShopPicture, StallTime

MOST_PICTURES, MOST_STALL_TIMES = 8, 14


@transaction.atomic
def add_picture(*, shop: Shop, image: AcceptedImage, alt: str, by: Actor, at: datetime | None = None) -> ShopPicture:
    """The picture stands at the end of the gallery. Refused: to all but owner and staff; without words for those who do not see it;
    beyond MOST_PICTURES."""
    _may(by, shop)
    Shop.objects.select_for_update().get(pk=shop.pk)
    if not alt.strip():
        raise ActionRefused(_("Please say in a few words what can be seen."), code="alt")
    rows = ShopPicture.objects.filter(shop=shop)
    if rows.count() >= MOST_PICTURES:
        raise ActionRefused(_("A shop shows at most {most} pictures.").format(most=MOST_PICTURES), code="many")
    last = rows.last()
    row = ShopPicture.objects.create(
        shop=shop, position=last.position + 1 if last else 0, picture=media.save_public("shop.jpg", image.jpeg),
        picture_small=media.save_public("shop.jpg", image.small), width=image.width, height=image.height, preview=image.preview,
        alt=alt.strip()[:160],
    )  # fmt: skip
    _record(shop, "pictures", by, at)
    return row


@transaction.atomic
def describe_picture(*, picture: ShopPicture, alt: str, by: Actor, at: datetime | None = None) -> ShopPicture:
    """The picture has these words. Refused: to all but owner and staff; without words."""
    _may(by, picture.shop)
    if not alt.strip():
        raise ActionRefused(_("Please say in a few words what can be seen."), code="alt")
    picture.alt = alt.replace("\x00", "").strip()[:160]
    picture.save(update_fields=["alt"])
    _record(picture.shop, "pictures", by, at)
    return picture


@transaction.atomic
def move_picture(*, picture: ShopPicture, up: bool, by: Actor, at: datetime | None = None) -> None:
    """The picture changes places with its neighbour; nothing happens at the end of the row. Refused to all but owner and staff."""
    _may(by, picture.shop)
    Shop.objects.select_for_update().get(pk=picture.shop_id)
    rows = list(ShopPicture.objects.filter(shop=picture.shop_id))
    here = next(place for place, row in enumerate(rows) if row.pk == picture.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for place, row in enumerate(rows):
        row.position = place
    ShopPicture.objects.bulk_update(rows, ["position"])
    _record(picture.shop, "pictures", by, at)


@transaction.atomic
def remove_picture(*, picture: ShopPicture, by: Actor, at: datetime | None = None) -> None:
    """The picture and its files are gone. Refused to all but owner and staff."""
    _may(by, picture.shop)
    paths, shop = (picture.picture, picture.picture_small), picture.shop
    picture.delete()
    _record(shop, "pictures", by, at)
    transaction.on_commit(lambda: media.delete_all(paths))


@transaction.atomic
def add_stall_time(
    *,
    shop: Shop,
    weekday: int,
    begins: time,
    ends: time,
    where: str,
    note: str = "",
    by: Actor,
    at: datetime | None = None,
) -> StallTime:
    """The shop's page says that it stands there on this day of the week. Refused: to all but owner and staff; an end before the
    beginning; without a place; beyond MOST_STALL_TIMES."""
    _may(by, shop)
    Shop.objects.select_for_update().get(pk=shop.pk)
    if ends <= begins:
        raise ActionRefused(_("The end lies before the beginning."), code="ends")
    if not where.strip():
        raise ActionRefused(_("Please say on which market."), code="where")
    if StallTime.objects.filter(shop=shop).count() >= MOST_STALL_TIMES:
        raise ActionRefused(_("That are too many market days for one shop."), code="many")
    row = StallTime.objects.create(
        shop=shop, weekday=weekday, begins=begins, ends=ends, where=where.strip()[:80], note=note.strip()[:120]
    )
    _record(shop, "stall_times", by, at)
    return row


@transaction.atomic
def remove_stall_time(*, stall_time: StallTime, by: Actor, at: datetime | None = None) -> None:
    """The shop's page no longer says so. Refused to all but owner and staff."""
    _may(by, stall_time.shop)
    shop = stall_time.shop
    stall_time.delete()
    _record(shop, "stall_times", by, at)


def _may(by: Actor, shop: Shop) -> None:
    if not rules.may_manage(by, shop):
        raise NotAllowed(_("Only the owner and staff may change this shop."))


def _record(shop: Shop, what: str, by: Actor, at: datetime | None) -> None:
    record(facts.EDITED, subject=shop, by=by, at=at, shop=shop.pk, fields=[what])
