"""Finding the weights: a smooth convex sum, minimised by limited-memory BFGS. Same input, same result."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Array = np.ndarray
_ROUNDS, _MEMORY, _HALVINGS = 80, 10, 20


def separate(points: Array, wanted: Array, weights: Array, strength: float) -> Array:
    """One category against all others, for each: squared hinge loss. `wanted` is 1 where the report is of the category."""
    sign = 2 * wanted - 1
    heavy = weights[:, None] * np.float32(strength)

    def loss(solution: Array) -> tuple[float, Array]:
        short = np.maximum(0, 1 - sign * (points @ solution))
        value = float((heavy * short * short).sum() + 0.5 * (solution * solution).sum())
        return value, solution - 2 * (points.T @ (heavy * sign * short))

    return _minimise(loss, np.zeros((points.shape[1], wanted.shape[1]), points.dtype))


def share(points: Array, wanted: Array, weights: Array, strength: float) -> Array:
    """All categories at once: multinomial logistic loss."""
    heavy = weights[:, None] * np.float32(strength)

    def loss(solution: Array) -> tuple[float, Array]:
        scores = points @ solution
        scores -= scores.max(axis=1, keepdims=True)
        raised = np.exp(scores)
        total = raised.sum(axis=1, keepdims=True)
        value = float((heavy * wanted * (np.log(total) - scores)).sum() + 0.5 * (solution * solution).sum())
        return value, solution + points.T @ ((raised / total - wanted) * heavy)

    return _minimise(loss, np.zeros((points.shape[1], wanted.shape[1]), points.dtype))


def _minimise(loss: Callable[[Array], tuple[float, Array]], solution: Array) -> Array:
    value, slope = loss(solution)
    steps: list[tuple[Array, Array]] = []
    flat = 1e-4 * np.abs(slope).max()
    for _round in range(_ROUNDS):
        direction = _direction(slope, steps)
        reach, descent = 1.0, (slope * direction).sum()
        for _halving in range(_HALVINGS):
            ahead = solution - reach * direction
            value_ahead, slope_ahead = loss(ahead)
            if value_ahead <= value - 1e-4 * reach * descent:
                break
            reach /= 2
        moved, bent = ahead - solution, slope_ahead - slope
        if (moved * bent).sum() > 1e-12:
            steps = [*steps[1 - _MEMORY :], (moved, bent)]
        still = abs(value - value_ahead) < 1e-7 * max(1.0, abs(value))
        solution, value, slope = ahead, value_ahead, slope_ahead
        if still or np.abs(slope).max() < flat:
            break
    return solution


def _direction(slope: Array, steps: list[tuple[Array, Array]]) -> Array:
    """Where to go from here, from the last steps and how the slope bent on them."""
    direction = slope.copy()
    if not steps:
        return direction / max(1.0, float(np.sqrt((slope * slope).sum())))
    taken = []
    for moved, bent in reversed(steps):
        part = (moved * direction).sum() / (moved * bent).sum()
        taken.append(part)
        direction -= part * bent
    moved, bent = steps[-1]
    direction *= (moved * bent).sum() / (bent * bent).sum()
    for (moved, bent), part in zip(steps, reversed(taken), strict=True):
        direction += (part - (bent * direction).sum() / (moved * bent).sum()) * moved
    return direction
