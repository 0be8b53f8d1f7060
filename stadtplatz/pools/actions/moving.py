"""The one way in which quantities move, and the locks taken for it."""

from collections.abc import Iterable, Iterator

from django.db.models import F

from stadtplatz.pools.models import Hold, Pool

BATCH = 500
"""So many rows in one statement."""


def move(key: str, **changes: int) -> int:
    """The conditional UPDATE: change the columns unless one would fall below zero. Returns how many rows changed (0 or 1)."""
    enough = {f"{column}__gte": -change for column, change in changes.items() if change < 0 and column != "supplied"}
    return Pool.objects.filter(key=key, **enough).update(
        **{column: F(column) + change for column, change in changes.items()}
    )


def must_move(key: str, **changes: int) -> None:
    """As `move`, where a hold's own lines say that there is enough; if not, the books are wrong (RuntimeError)."""
    if not move(key, **changes):
        raise RuntimeError(f"Pool {key} does not hold what its holds say: {changes}")


def advance(hold: Hold, state: str) -> bool:
    """HELD to `state`, by exactly one caller, forgetting the contact; the given object learns the present state."""
    changed = Hold.objects.filter(pk=hold.pk, state=Hold.HELD).update(state=state, contact="")
    hold.state = state if changed else Hold.objects.values_list("state", flat=True).get(pk=hold.pk)
    return bool(changed)


def lines_of(hold: Hold) -> list[tuple[str, int]]:
    """What the hold took: keys with quantities, in the order in which pools are locked."""
    return list(hold.lines.order_by("pool__key").values_list("pool__key", "quantity"))


def lock(keys: Iterable[str]) -> None:
    """These pools belong to this transaction until it ends; taken in key order, as everywhere."""
    list(Pool.objects.select_for_update().filter(key__in=keys).order_by("key").values_list("pk"))


def in_batches(keys: list[str]) -> Iterator[list[str]]:
    """BATCH keys at a time."""
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
