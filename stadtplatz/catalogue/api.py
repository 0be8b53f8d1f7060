"""Stock under /api/v1/: a shop's till tells how many pieces stand on the shelf."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Header, Router, Schema
from pydantic import AfterValidator, StringConstraints

from stadtplatz.catalogue.actions.stock_sync import MOST, Count, key_of, sync_stock
from stadtplatz.kit import ratelimit
from stadtplatz.kit.http import client_ip
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.kit.rest import REFUSED, whole

router = Router(tags=["Stock"])
BATCHES_AN_HOUR = 600

Word = Annotated[str, StringConstraints(max_length=40), AfterValidator(whole)]
Barcode = Annotated[str, StringConstraints(pattern=r"^([0-9]{8,14})?$")]


class CountIn(Schema):
    """One of `sku` and `gtin` is needed; the article number counts if both are there."""

    sku: Word = ""
    gtin: Barcode = ""
    quantity: int = Field(ge=0, le=100_000, description="Pieces on the shelf, without what is set aside for orders.")


class CountsIn(Schema):
    items: list[CountIn] = Field(max_length=MOST)


class CountOut(Schema):
    """`result`: `set`, `same` (nothing to do), `held` (set to what lies in baskets right now), `unknown`."""

    sku: str
    gtin: str
    result: str
    quantity: int | None


class CountsOut(Schema):
    items: list[CountOut]


@router.put("/stock", url_name="api-stock", response={200: CountsOut} | REFUSED, summary="Tell the stock of a shop")
def stock(
    request: HttpRequest,
    sent: CountsIn,
    api_key: Annotated[str, Header(alias="Api-Key")] = "",
    token: Annotated[str, Header(alias="Idempotency-Key", max_length=80)] = "",
) -> dict[str, Any]:
    """Up to 1,000 counts of one shop, whose key stands in `Api-Key`. The same batch with the same `Idempotency-Key` again changes
    nothing and gets the same answer."""
    ratelimit.count("catalogue.stock", client_ip(request), limit=BATCHES_AN_HOUR, per=timedelta(hours=1))
    key = key_of(api_key) if api_key else None
    if key is None:
        raise NotAllowed("The Api-Key is unknown.", code="unknown-key")
    counts = [Count(quantity=one.quantity, sku=one.sku.strip(), gtin=one.gtin) for one in sent.items]
    return {"items": sync_stock(key=key, counts=counts, token=whole(token).strip())}
