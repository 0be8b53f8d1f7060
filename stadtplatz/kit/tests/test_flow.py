"""A flow that cannot work is noticed when it is loaded."""

import pytest

from stadtplatz.kit.flow import flow, move

STATES = [("open", "offen"), ("ready", "bereit"), ("over", "vorbei")]
MOVES = (
    move("prepare", "open", "ready", "packer", None),
    move("end", "open ready", "over", "customer system", None, returns=True),
)


def built(*more, states=STATES, moves=MOVES):
    return flow(*moves, *more, states=states, starts="open", final=frozenset({"over"}))


def test_moves_are_known_by_name_in_their_order():
    assert list(built()) == ["prepare", "end"]
    assert built()["end"].start == {"open", "ready"}


@pytest.mark.parametrize(
    ("more", "changed", "complaint"),
    [
        ((move("odd", "open", "lost", "manager", None),), {}, "unknown"),
        ((move("back", "over", "open", "manager", None),), {}, "leaves a final state"),
        ((move("odd", "open", "ready", "mayor", None),), {}, "belongs to nobody"),
        ((move("odd", "open", "ready", "", None),), {}, "belongs to nobody"),
        ((), {"moves": MOVES[1:]}, "No way leads to"),
        (
            (move("park", "open", "parked", "packer", None),),
            {"states": [*STATES, ("parked", "")]},
            "No way leads out of",
        ),
    ],
)
def test_a_broken_flow_is_noticed(more, changed, complaint):
    with pytest.raises(ValueError, match=complaint):
        built(*more, **changed)
