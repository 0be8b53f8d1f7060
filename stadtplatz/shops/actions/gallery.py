"""The pictures of a shop: added, described, put in order, taken away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.kit import media
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.kit.uploads import AcceptedImage
from stadtplatz.shops import facts
from stadtplatz.shops.actions.permission import must_manage
from stadtplatz.shops.models import Shop, ShopPicture

MOST_PICTURES = 8


@transaction.atomic
def add_picture(*, shop: Shop, image: AcceptedImage, alt: str, by: Actor, at: datetime | None = None) -> ShopPicture:
    """The picture stands at the end of the gallery. Refused: to all but owner and staff; without words for those who do not see it;
    beyond MOST_PICTURES."""
    must_manage(by, shop)
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
    _record(shop, by, at)
    return row


@transaction.atomic
def describe_picture(*, picture: ShopPicture, alt: str, by: Actor, at: datetime | None = None) -> ShopPicture:
    """The picture has these words. Refused: to all but owner and staff; without words."""
    must_manage(by, picture.shop)
    if not alt.strip():
        raise ActionRefused(_("Please say in a few words what can be seen."), code="alt")
    picture.alt = alt.replace("\x00", "").strip()[:160]
    picture.save(update_fields=["alt"])
    _record(picture.shop, by, at)
    return picture


@transaction.atomic
def move_picture(*, picture: ShopPicture, up: bool, by: Actor, at: datetime | None = None) -> None:
    """The picture changes places with its neighbour; nothing happens at the end of the row. Refused to all but owner and staff."""
    must_manage(by, picture.shop)
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
    _record(picture.shop, by, at)


@transaction.atomic
def remove_picture(*, picture: ShopPicture, by: Actor, at: datetime | None = None) -> None:
    """The picture and its files are gone. Refused to all but owner and staff."""
    must_manage(by, picture.shop)
    paths, shop = (picture.picture, picture.picture_small), picture.shop
    picture.delete()
    _record(shop, by, at)
    transaction.on_commit(lambda: media.delete_all(paths))


def _record(shop: Shop, by: Actor, at: datetime | None) -> None:
    record(facts.EDITED, subject=shop, by=by, at=at, shop=shop.pk, fields=["pictures"])
