"""What the operator still has to put in about guarantees."""

from __future__ import annotations

from dataclasses import dataclass

from stadtplatz.accounts.rules import is_operator
from stadtplatz.catalogue.guarantee import Garan
from stadtplatz.catalogue.kept import GUARANTEE
from stadtplatz.catalogue.models import GuaranteeGraphic, GuaranteeNotice
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.kept import kept


@dataclass(frozen=True)
class NoticeLine:
    """The notice in one language with its official files; the picture is what the law asks for."""

    row: GuaranteeNotice
    picture: GuaranteeGraphic | None
    pdf: GuaranteeGraphic | None


def guarantee_desk() -> dict[str, object]:
    """For the desk's page. Two queries."""
    files = {(row.kind, row.language, row.is_pdf): row for row in GuaranteeGraphic.objects.defer("content")}
    label = files.get((GuaranteeGraphic.LABEL, "", False))
    return {
        "lines": [
            NoticeLine(
                row,
                files.get((GuaranteeGraphic.NOTICE, row.language, False)),
                files.get((GuaranteeGraphic.NOTICE, row.language, True)),
            )
            for row in GuaranteeNotice.objects.all()
        ],
        "label": label,
        "sample": Garan("5", "Musterwerk", "MW 500", picture=label.url) if label else None,
    }


def graphics_missing(actor: Actor) -> int:
    """How many official graphics nobody sees yet: the notice in each language, and the label. For the operator's list of what waits."""
    return _lacking() if is_operator(actor) else 0


@kept(GUARANTEE)
def _lacking() -> int:
    shown = GuaranteeGraphic.objects.filter(shown=True, is_pdf=False).count()
    return max(0, GuaranteeNotice.objects.count() + 1 - shown)
