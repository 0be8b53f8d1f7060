"""Reports as numbers, and how alike they are. Only for training: numpy is loaded here and nowhere on the way of a web request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stadtplatz.tickets.suggesting.features import BLOCKS, features_of

Array = np.ndarray
_DENSE = 4096


@dataclass
class Texts:
    """Reports as numbers: for each block the rows, the feature and the weight of each entry; rows have length one."""

    size: int
    rows: list[Array]
    columns: list[Array]
    values: list[Array]
    keys: list[Array]
    frequencies: list[Array]


def read_texts(texts: Sequence[str]) -> Texts:
    """Sublinear counts, weighted by rarity, each block of a report scaled to length one."""
    counted = [features_of(text) for text in texts]
    size = len(texts)
    found = Texts(size, [], [], [], [], [])
    for block in range(len(BLOCKS)):
        keys = sorted({key for row in counted for key in row[block]})
        place = {key: index for index, key in enumerate(keys)}
        sizes = [len(row[block]) for row in counted]
        rows = np.repeat(np.arange(size), sizes)
        columns = np.fromiter((place[key] for row in counted for key in row[block]), np.int64, sum(sizes))
        counts = np.fromiter((count for row in counted for count in row[block].values()), np.float64, sum(sizes))
        frequency = np.bincount(columns, minlength=len(keys))
        values = (1 + np.log(counts)) * rarity(frequency, size)[columns]
        lengths = np.sqrt(np.bincount(rows, values**2, minlength=size))
        values /= np.maximum(lengths, 1e-12)[rows]
        found.rows.append(rows)
        found.columns.append(columns)
        found.values.append(values)
        found.keys.append(np.array(keys, np.uint32))
        found.frequencies.append(frequency)
    return found


def rarity(frequency: Array, size: int) -> Array:
    """How much a feature counts that so many of `size` reports have."""
    return np.log((1 + size) / (1 + frequency)) + 1


def likeness(texts: Texts, block: int) -> Array:
    """How alike each two reports are in one block: the products of their rows."""
    size, columns, frequency = texts.size, texts.columns[block], texts.frequencies[block]
    order = np.argsort(columns, kind="stable")
    rows, values = texts.rows[block][order], texts.values[block][order].astype(np.float32)
    starts = np.concatenate([[0], np.cumsum(frequency)])
    flat = np.zeros(size * size, np.float32)
    for count in range(2, 8):
        chosen = np.flatnonzero(frequency == count)
        if len(chosen):
            places = starts[chosen][:, None] + np.arange(count)
            r, v = rows[places], values[places]
            for one in range(count):
                for other in range(one):
                    np.add.at(flat, r[:, one] * size + r[:, other], v[:, one] * v[:, other])
    result = flat.reshape(size, size)
    result += result.T
    often = np.flatnonzero(frequency >= 8)
    for first in range(0, len(often), _DENSE):
        chosen = often[first : first + _DENSE]
        part = np.zeros((size, len(chosen)), np.float32)
        for index, column in enumerate(chosen):
            span = slice(starts[column], starts[column + 1])
            part[rows[span], index] = values[span]
        result += part @ part.T
    np.fill_diagonal(result, np.bincount(texts.rows[block], texts.values[block] ** 2, minlength=size))
    return result
