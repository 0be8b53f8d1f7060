"""A flow that contradicts itself does not load."""

from dataclasses import replace

import pytest

from stadtplatz.cases.flow import Flow, FlowError, Move, State, find_faults
from stadtplatz.cases.rules import may_handle
from stadtplatz.cases.tests.flow import MOVES, OPENED, STATES, TAKEN, TESTING, WEEK


def faults(states=STATES, moves=MOVES):
    with pytest.raises(FlowError) as error:
        Flow("broken", "B", OPENED, states, moves)
    return str(error.value)


def changed(items, code, **fields):
    return tuple(replace(item, **fields) if item.code == code else item for item in items)


def test_a_sound_flow_has_no_faults():
    assert find_faults(TESTING) == []


def test_a_flow_needs_exactly_one_start():
    assert "exactly one start, not 0" in faults(changed(STATES, "new", start=False))
    assert "exactly one start, not 2" in faults(changed(STATES, "taken", start=True))


def test_every_state_can_be_reached():
    assert "state 'island' cannot be reached" in faults((*STATES, State("island", "", "", clock=None, final=True)))


def test_every_state_leads_to_an_end():
    stuck = Move("stick", "", ("new",), "stuck", may_handle, TAKEN)
    assert "no way leads from state 'stuck' to an end" in faults((*STATES, State("stuck", "", "")), (*MOVES, stuck))


def test_a_final_state_has_no_clock_and_no_way_out():
    assert "final state 'ended' still has a clock" in faults(changed(STATES, "ended", clock="runs"))
    back = Move("back", "", ("ended",), "taken", may_handle, TAKEN)
    assert "final state 'ended' is left by 'back'" in faults(moves=(*MOVES, back))


def test_nothing_is_final_before_the_reopening_period_is_over():
    early = changed(MOVES, "end", after=WEEK / 2)
    assert "ends the case before the reopening period of 'granted' is over" in faults(moves=early)
    at_once = Move("kill", "", ("taken",), "ended", may_handle, TAKEN)
    assert "move 'kill' ends the case at once" in faults(moves=(*MOVES, at_once))


def test_the_applicant_may_give_up_the_reopening_period():
    give_up = Move("withdraw", "", ("taken",), "ended", may_handle, TAKEN, waives=True)
    assert find_faults(replace_moves(give_up)) == []


def test_each_move_names_its_rule_and_its_fact():
    assert "move 'take' names no rule" in faults(moves=changed(MOVES, "take", rule=None))
    assert "move 'take' names no fact" in faults(moves=changed(MOVES, "take", fact="testing.taken"))


def test_moves_name_known_states_and_nothing_stands_twice():
    assert "move 'take' names the unknown state 'nowhere'" in faults(moves=changed(MOVES, "take", target="nowhere"))
    assert "move 'take' starts nowhere" in faults(moves=changed(MOVES, "take", sources=()))
    assert "state 'new' is declared twice" in faults((*STATES, STATES[0]))
    assert "move 'take' is declared twice" in faults(moves=(*MOVES, MOVES[0]))


def test_all_faults_are_told_at_once():
    text = faults(moves=changed(changed(MOVES, "take", rule=None), "ask", fact=None))
    assert "'take' names no rule" in text
    assert "'ask' names no fact" in text


def test_a_kind_has_one_flow():
    with pytest.raises(FlowError, match="declared twice"):
        Flow("testing", "T", OPENED, STATES, MOVES)


def replace_moves(move):
    flow = object.__new__(Flow)
    for name, value in {
        "kind": "x",
        "prefix": "X",
        "opened": OPENED,
        "states": STATES,
        "moves": (*MOVES, move),
    }.items():
        object.__setattr__(flow, name, value)
    return flow
