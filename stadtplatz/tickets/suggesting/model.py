"""A trained model as a file, and what it says about a text. Plain Python: a web process needs neither numpy nor a word list.

The weights of a feature for all categories stand side by side in one long whole number, so that one multiplication weighs
all categories at once; a report of 300 letters is read in about a millisecond.
"""

from __future__ import annotations

import json
import zlib
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from math import exp, log, sqrt
from pathlib import Path
from sys import byteorder
from typing import Any

from stadtplatz.tickets.suggesting.features import BLOCKS, features_of

FORMAT = "stadtplatz-suggestion-1"
LANE = 4
"""Bytes of a sum; with values up to 2^10, weights up to 2^8 and 2,000 features it stays far below 2^32."""
_MIDDLE, _FINE = 128, 1024


class ModelBroken(Exception):
    """The file is not a model of this version."""


@dataclass
class Model:
    """`weights` has one byte for each feature and category, in the order of `keys`; 128 is nothing.

    `about` says where it comes from: how many reports, from what file, when it was chosen how.
    """

    categories: list[str]
    size: int
    """Reports it was trained on."""
    shares: list[float]
    """How much each block counts; their squares add up to one."""
    scale: float
    start: list[float]
    """The score of each category before a single word is read."""
    steepness: float
    """From scores to probabilities."""
    keys: list[array]
    frequencies: list[array]
    weights: list[bytes]
    about: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._lanes = [_spread(weights) for weights in self.weights]

    def scores(self, text: str) -> list[float]:
        """How much speaks for each category."""
        width = len(self.categories) * LANE
        total, offset = 0, 0
        for block, counts in enumerate(features_of(text)):
            lanes = self._lanes[block]
            known, length = self._known(block, counts)
            fine = self.shares[block] / length * _FINE if length else 0.0
            for place, value in known:
                step = int(value * fine + 0.5)
                total += int.from_bytes(lanes[place * width : (place + 1) * width], "little") * step
                offset += step
        sums = total.to_bytes(width + LANE, "little")
        unit = self.scale / _FINE
        return [
            start + (int.from_bytes(sums[at * LANE : (at + 1) * LANE], "little") - _MIDDLE * offset) * unit
            for at, start in enumerate(self.start)
        ]

    def probabilities(self, text: str) -> dict[str, float]:
        """How likely each category is; together they are one."""
        scores = [score * self.steepness for score in self.scores(text)]
        highest = max(scores)
        raised = [exp(score - highest) for score in scores]
        total = sum(raised)
        return {category: value / total for category, value in zip(self.categories, raised, strict=True)}

    def _known(self, block: int, counts: dict[int, int]) -> tuple[list[tuple[int, float]], float]:
        """Place and value of the features the model knows; the length counts the others, too, as rare ones."""
        keys, frequencies = self.keys[block], self.frequencies[block]
        size, count = len(keys), 1 + self.size
        rare = log(count / 2) + 1
        known, squares = [], 0.0
        for key, often in counts.items():
            place = bisect_left(keys, key)
            if place < size and keys[place] == key:
                value = (1 + log(often)) * (log(count / (1 + frequencies[place])) + 1)
                known.append((place, value))
            else:
                value = (1 + log(often)) * rare
            squares += value * value
        return known, sqrt(squares)

    def to_bytes(self) -> bytes:
        """The same model gives the same bytes."""
        head = {
            "format": FORMAT,
            "categories": self.categories,
            "size": self.size,
            "shares": self.shares,
            "scale": self.scale,
            "start": self.start,
            "steepness": self.steepness,
            "features": [len(keys) for keys in self.keys],
            "about": self.about,
        }
        parts = [json.dumps(head, sort_keys=True, ensure_ascii=True).encode(), b"\n"]
        for keys, frequencies, weights in zip(self.keys, self.frequencies, self.weights, strict=True):
            parts += [_little(keys), _little(frequencies), weights]
        return zlib.compress(b"".join(parts), 9)


def from_bytes(content: bytes) -> Model:
    """The model in a file; ModelBroken if it is not one of this version."""
    try:
        line, _newline, rest = zlib.decompress(content).partition(b"\n")
        head = json.loads(line)
        if head["format"] != FORMAT:
            raise ModelBroken(head["format"])
        keys, frequencies, weights, at = [], [], [], 0
        for count in head["features"]:
            keys.append(_read("I", rest[at : at + 4 * count]))
            frequencies.append(_read("H", rest[at + 4 * count : at + 6 * count]))
            at += 6 * count
            weights.append(rest[at : at + count * len(head["categories"])])
            at += len(weights[-1])
        if at != len(rest) or len(keys) != len(BLOCKS):
            raise ModelBroken("length")
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise ModelBroken(str(error)) from error
    names = ("categories", "size", "shares", "scale", "start", "steepness", "about")
    return Model(**{name: head[name] for name in names}, keys=keys, frequencies=frequencies, weights=weights)


def from_file(path: Path) -> Model:
    return from_bytes(path.read_bytes())


def _spread(weights: bytes) -> bytes:
    """Each weight as the lowest byte of its lane."""
    lanes = bytearray(LANE * len(weights))
    lanes[::LANE] = weights
    return bytes(lanes)


def _little(numbers: array) -> bytes:
    copy = array(numbers.typecode, numbers)
    if byteorder == "big":
        copy.byteswap()
    return copy.tobytes()


def _read(kind: str, content: bytes) -> array:
    numbers = array(kind)
    numbers.frombytes(content)
    if byteorder == "big":
        numbers.byteswap()
    return numbers
