"""Cases that end by themselves once their time for reopening is over."""

from datetime import datetime

from stadtplatz.cases.actions.moving import advance
from stadtplatz.cases.flow import REGISTRY
from stadtplatz.cases.models import Case
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.refusals import ActionRefused


def settle_due(now: datetime, limit: int) -> int:
    """Make every move into a final state that only waited for time; returns how many cases were settled."""
    settled = 0
    for flow in REGISTRY.values():
        for move in flow.moves:
            if move.after is None or not flow.state(move.target).final:
                continue
            waiting = Case.objects.filter(
                kind=flow.kind, state__in=move.sources, state_since__lte=now - move.after
            ).order_by("state_since")[:limit]
            for case in waiting:
                settled += _settle(case, move.code, now)
    return settled


def _settle(case: Case, move: str, now: datetime) -> bool:
    try:
        advance(case, move=move, by=SYSTEM, expected_state=case.state, at=now)
    except ActionRefused:
        return False  # somebody reopened it at this very moment
    return True
