"""Small charts, worked out on the server: the template draws them as SVG, and a table beside says the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT, FOOT, SIDE = 640, 200, 22, 34
"""The drawing in its own units: all, the line of dates below, the scale at the left."""


@dataclass(frozen=True)
class Bar:
    """A week: two bars side by side, with the numbers they stand for."""

    monday: date
    values: tuple[int, int]
    x: float
    width: float
    tops: tuple[float, float]
    heights: tuple[float, float]
    labelled: bool

    @property
    def second(self) -> float:
        return self.x + self.width

    @property
    def middle(self) -> float:
        return self.x + self.width


@dataclass(frozen=True)
class Chart:
    """Bars and the lines of the scale as (height on the drawing, number)."""

    bars: list[Bar]
    lines: list[tuple[float, int]]
    width: int = WIDTH
    height: int = HEIGHT
    side: int = SIDE

    @property
    def base(self) -> int:
        return self.height - FOOT

    @property
    def foot(self) -> int:
        return self.height - 5


def bars(weeks: Sequence[tuple[date, int, int]]) -> Chart:
    """Two bars a week. The scale ends at a round number above the highest."""
    top = _round_up(max((max(one, other) for _monday, one, other in weeks), default=0))
    room, base = (WIDTH - SIDE) / max(1, len(weeks)), HEIGHT - FOOT
    scale = (base - 10) / top
    every = max(1, -(-len(weeks) // 7))
    made = [
        Bar(
            monday=monday,
            values=(one, other),
            x=round(SIDE + at * room + room * 0.14, 1),
            width=round(room * 0.36, 1),
            tops=(round(base - one * scale, 1), round(base - other * scale, 1)),
            heights=(round(one * scale, 1), round(other * scale, 1)),
            labelled=at % every == 0,
        )
        for at, (monday, one, other) in enumerate(weeks)
    ]
    return Chart(made, [(round(base - part * scale, 1), part) for part in (0, top // 2, top)])


def _round_up(number: int) -> int:
    for size in (4, 10, 20, 40, 100, 200, 400, 1_000, 2_000, 4_000):
        if number <= size:
            return size
    return -(-number // 1_000) * 1_000
