"""Stock under /api/v1/: a shop's till tells how many pieces stand on the shelf."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Header, Router, Schema
from pydantic import AfterValidator, BeforeValidator, JsonValue, StringConstraints
from pydantic import ValidationError as PydanticError

from stadtplatz.catalogue.actions.stock_sync import MOST, Count, key_of, sync_stock
from stadtplatz.kit import ratelimit
from stadtplatz.kit.http import client_ip
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.kit.rest import REFUSED, whole

router = Router(tags=["Stock"])
BATCHES_AN_HOUR = 600
"""Of one key, wherever its till stands."""
WRONG_AN_HOUR = 60
"""Of one place that knows no key."""

Word = Annotated[str, StringConstraints(max_length=40), AfterValidator(whole)]
Barcode = Annotated[str, StringConstraints(pattern=r"^([0-9]{8,14})?$")]


def _no_answer(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("yes and no are no numbers")
    return value


Pieces = Annotated[int, BeforeValidator(_no_answer), Field(ge=0, le=100_000)]


class CountIn(Schema):
    """One of `sku` and `gtin` is needed; the article number counts if both are there."""

    sku: Word = ""
    gtin: Barcode = ""
    quantity: Pieces = Field(description="Pieces on the shelf, without what is set aside for orders.")


class CountsIn(Schema):
    items: list[Annotated[CountIn | dict[str, JsonValue], Field(union_mode="left_to_right")]] = Field(
        max_length=MOST,
        description="Counts. One that is none (a quantity below 0, a fraction) is answered with `invalid`; the others are taken all the same.",
    )


class CountOut(Schema):
    """`result`: `set`, `same` (nothing to do), `held` (set to what lies in baskets right now), `unknown`, `invalid` (`reason` says why).
    In the order of the counts."""

    sku: str
    gtin: str
    result: Literal["set", "same", "held", "unknown", "invalid"]
    quantity: int | None
    reason: str = ""


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
    key = key_of(api_key) if api_key else None
    if key is None:
        ratelimit.count("catalogue.stock.unknown", client_ip(request), limit=WRONG_AN_HOUR, per=timedelta(hours=1))
        raise NotAllowed("The Api-Key is unknown.", code="unknown-key")
    ratelimit.count("catalogue.stock", str(key.pk), limit=BATCHES_AN_HOUR, per=timedelta(hours=1))
    answer = sync_stock(key=key, counts=[_count(one) for one in sent.items], token=whole(token).strip())
    return {"items": answer}


def _count(sent: CountIn | dict[str, Any]) -> Count:
    """What was sent for one article; with a reason, and shortened, if it is no count."""
    if isinstance(sent, CountIn):
        reason = "" if sent.sku.strip() or sent.gtin else "sku or gtin is needed."
        return Count(quantity=sent.quantity, sku=sent.sku.strip(), gtin=sent.gtin, reason=reason)
    try:
        CountIn.model_validate(sent)
        reason = "This is no count."
    except PydanticError as wrong:
        first = wrong.errors()[0]
        reason = f"{first['loc'][0] if first['loc'] else 'item'}: {first['msg']}"
    sku, gtin = (str(sent.get(name, ""))[:40].replace("\0", "") for name in ("sku", "gtin"))
    return Count(quantity=0, sku=sku, gtin=gtin, reason=reason[:200])
