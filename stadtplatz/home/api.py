"""The overall search under /api/v1/search."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from stadtplatz.home.asking import SWITCHES, Asked
from stadtplatz.kit.rest import REFUSED, count_reading

router = Router(tags=["Search"])


class SearchFilter(Schema):
    """The words, and what results are narrowed to; the names are those of the page /suche/."""

    q: str = Field("", max_length=120, description="What is looked for.")
    limit: int = Field(20, ge=1, le=100)
    offset: int = Field(0, ge=0, le=600)
    kind: str = Field(
        "", max_length=20, description="offer, shop, service, report, place or street; all if it is none of these."
    )
    category: str = Field("", max_length=80)
    district: str = Field("", max_length=120)
    shop: str = Field("", max_length=80, description="The shop's name in its address.")
    open: bool = Field(False, description="Only of shops that are open at this moment.")
    today: bool = Field(
        False, description="Only what can be ordered now and collected before midnight. Goods are not delivered."
    )
    organic: bool = Field(False, description="Only what a control body has checked as organic.")
    price_from: str = Field("", max_length=12, alias="from", description="Euros, like 4,50.")
    price_to: str = Field("", max_length=12, alias="to")
    near: str = Field("", max_length=120, description="An address in town, or `latitude,longitude`. Never kept.")


class Found(Schema):
    kind: str
    id: str
    title: str
    url: str = Field(description="Empty for what has no page of its own.")
    shop: str = Field(description="The shop's name in its address; empty where there is none.")
    score: float = Field(description="Only comparable within one answer.")


class SearchAnswer(Schema):
    results: list[Found]
    total: int
    counts: dict[str, int] = Field(description="How many there are of each kind.")
    suggestion: str | None = Field(
        description="The words corrected: looked for instead if `replaced`, else only a question."
    )
    replaced: bool = Field(description="Whether the suggestion was looked for instead of a word nobody knows.")


@router.get("/search", url_name="api-search", response={200: SearchAnswer} | REFUSED, summary="Find everything")
def search(request: HttpRequest, asked: Query[SearchFilter]) -> dict[str, Any]:
    """The same results in the same order as on the page; how the order comes about is explained on /suche/erklaerung/."""
    count_reading(request)
    given = asked.dict(by_alias=True, exclude={"limit", "offset", *SWITCHES})
    switches = {name: "1" for name in SWITCHES if getattr(asked, name)}
    results = Asked.read(given | switches).answer(limit=asked.limit, offset=asked.offset)
    return {
        "results": [
            {
                "kind": hit.kind,
                "id": hit.key,
                "title": hit.title,
                "url": f"{settings.BASE_URL.rstrip('/')}{hit.url}" if hit.url else "",
                "shop": hit.shop,
                "score": hit.score,
            }
            for hit in results.hits
        ],
        "total": results.total,
        "counts": results.counts_by_kind,
        "suggestion": results.suggestion,
        "replaced": results.is_replaced,
    }
