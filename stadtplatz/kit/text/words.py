"""A text as the words it is made of, each with its stem and its parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from stadtplatz.kit.text.compounds import modifiers_and_heads, split, stem_folded
from stadtplatz.kit.text.data_files import entries
from stadtplatz.kit.text.folding import collapse, fold, lighten
from stadtplatz.kit.text.quantities import GTIN, MEASURE, measure, read_gtin

HEAD, MODIFIER = "=", "~"
_WORD = re.compile(r"[^\W_]+(?:[-‐‑–'’&+.][^\W_]+)*\+?", re.UNICODE)
LONGEST = 64
"""So many signs of a word are read; longer ones are no words, and no database need bear them."""
_JOINTS = re.compile(r"[-‐‑–'’&+.]")
_STREET = re.compile(r"(?<=[a-z])str\.|\bstr\.|(?<=[a-z]{3})str\b|\bstr\b")
_NO_TRADES = frozenset(("bucherei", "buchereien"))
"""Nobody who lends books is called a `Bücher`."""
_FEMALE = re.compile(r"(?<=er|ur|or)(?:in|innen)$")


@dataclass(frozen=True)
class Word:
    """One word of a text. `folded` is the word in its one spelling, `parts` its folded parts with the head last."""

    written: str
    folded: str
    stem: str
    parts: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    """What hyphens hold together (`Löwen-Apotheke`): each counts as a word of its own."""
    is_stop: bool = False

    @property
    def part_stems(self) -> tuple[str, ...]:
        return tuple(stem_folded(part) for part in self.parts)


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(fold(word) for word in entries("stopwords.txt"))


@cache
def _empty_heads() -> frozenset[str]:
    """Heads that add nothing (`Malerbetrieb`, `Spielwaren`): what stands before them is what the thing is."""
    return frozenset(stem_folded(fold(word)) for word in entries("empty_heads.txt"))


def is_empty_head(stem: str) -> bool:
    """Whether the folded stem adds nothing at the end of a compound."""
    return stem in _empty_heads()


@cache
def _modest() -> frozenset[str]:
    return frozenset(stem_folded(fold(word)) for word in entries("modest.txt"))


def is_modest(stem: str) -> bool:
    """Whether the folded stem tells little beside another word (`Handy Reparatur`, `frische Milch`)."""
    return stem in _modest()


@cache
def _spelled() -> dict[str, str]:
    return {fold(word): word.lower() for word in entries("words.txt")}


def written_forms(text: str) -> dict[str, str]:
    """Folded word -> how the text writes it, in small letters; for showing words to people."""
    words = [*re.findall(r"[^\W\d_]{2,}", text), *re.findall(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})+", text)]
    return {fold(word.replace("-", "")): word.lower() for word in words}


def written_part(part: str) -> str:
    """A folded part as our word list writes it."""
    return _spelled().get(part, part)


def stem(word: str) -> str:
    """The stem of a word in any spelling."""
    return stem_folded(_FEMALE.sub("", fold(word)))


def read_words(text: str) -> list[Word]:
    """All words of the text in order, stop words marked; amounts and bar codes become one word each."""
    return list(_read(text))


def analyse(text: str) -> list[str]:
    """The tokens under which a text is found, in order, without stop words."""
    return [token for word in _read(text) if not word.is_stop for token in tokens_of(word)]


def tokens_of(word: Word) -> list[str]:
    """The whole word, then what stands before the head (`~`), then the head (`=`)."""
    return _tokens(word.stem, word.folded, word.parts, word.pieces)


@lru_cache(maxsize=3_000)
def _tokens(stem_: str, folded: str, parts: tuple[str, ...], pieces: tuple[str, ...]) -> list[str]:
    before, heads = modifiers_and_heads(parts)
    found = [stem_, *(stem_folded(piece) for piece in pieces)]
    if heads and stem_folded(heads[-1]) in _empty_heads():
        before, inner = modifiers_and_heads(parts[:-1])
        heads = (*inner, *heads)
    found += [MODIFIER + stem_folded(part) for part in before]
    found += [HEAD + stem_folded(part) for part in heads if part != folded]
    if (trade := trade_of(folded)) and HEAD + trade not in found:
        found.append(HEAD + trade)
    return found


def trade_of(folded: str) -> str | None:
    """`Bäckerei` is also found as `Bäcker`, `Gärtnereien` as `Gärtner`."""
    root = re.sub(r"(?:en)?$", "", folded)
    if not root.endswith("erei") or len(root) < 8 or folded in _NO_TRADES:
        return None
    return stem_folded(root[:-2])


def _read(text: str) -> Iterator[Word]:
    light = _STREET.sub("strasse ", lighten(text))
    position = 0
    for start, end, word in sorted(_numbers(light), key=lambda item: item[0]):
        if start >= position:
            yield from _plain(light[position:start])
            yield word
            position = end
    yield from _plain(light[position:])


def _numbers(light: str) -> Iterator[tuple[int, int, Word]]:
    for found in GTIN.finditer(light):
        if gtin := read_gtin(found[0]):
            yield found.start(), found.end(), Word(found[0], gtin, gtin)
    for found in MEASURE.finditer(light):
        token = measure(found[1], found[2])
        yield found.start(), found.end(), Word(found[0], token, token, (re.split("[.,]", found[1])[0], token))


def _plain(light: str) -> Iterator[Word]:
    for found in _WORD.finditer(light):
        yield _word(found[0][:LONGEST].rstrip("."))


@lru_cache(maxsize=3_000)
def _word(light: str) -> Word:
    pieces = [piece for piece in _JOINTS.split(light) if piece]
    joined = "".join(pieces)
    folded = collapse(joined)
    held = tuple(collapse(piece) for piece in pieces) if len(pieces) > 1 else ()
    return Word(
        written=light,
        folded=folded,
        stem=stem_folded(_FEMALE.sub("", folded)),
        parts=held or split(joined),
        pieces=held,
        is_stop=folded in _stop_words(),
    )
