"""What somebody means by what they typed: one group of alternatives for each word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log

from stadtplatz.kit import text
from stadtplatz.search import lexicon
from stadtplatz.search.lexicon import Synonyms, Vocabulary
from stadtplatz.search.models import Term

MOST_WORDS = 8
_DIMINUTIVE = re.compile(r"([a-z]{3,})(?:le|li|erl|la)")
"""As the south says it: `Brötle`, `Semmerl` for `Brötchen`, `Semmel`."""
WHOLE, JOINED, PARTS, TRADE, SYNONYM, BEGINNING = 1.0, 0.95, 0.7, 0.7, 0.75, 0.6
BEFORE_EMPTY, HEAD_ONLY, BEFORE_ONLY = 0.6, 0.3, 0.13
SOLD_THERE, PART_SOLD_THERE = 0.35, 0.18
NEXT_BEST = 0.6
"""The share of it left for where one goes when there is no such trade in town."""
SMALL = 0.5
MODEST = 0.4
"""The share of its weight that a word keeps which tells little beside others (`Reparatur`, `frisch`)."""
NOBODY_HAS = 0.15
"""The share that a size or number keeps which no document has (`Größe 30`, `M6`)."""
CORRECTED = {1: 0.7, 2: 0.5}


@dataclass(frozen=True)
class Alternative:
    """Stems that must all occur, whole or as part of a compound, and how much that is worth (0 to 1)."""

    stems: tuple[str, ...]
    worth: float


@dataclass
class Group:
    """One typed word. `rarity` is high for words in few documents."""

    word: text.Word
    alternatives: list[Alternative]
    loose: list[Alternative] = field(default_factory=list)
    rarity: float = 1.0
    documents: int = 0
    """About as many have one of the alternatives, at most."""
    ahead: list[Term] | None = None
    """The most frequent words that begin so, if that was asked."""


@dataclass
class Corrections:
    """Typed word -> what was looked for instead, and what it may have been, which only people can know."""

    sure: dict[str, str] = field(default_factory=dict)
    unsure: dict[str, str] = field(default_factory=dict)


@dataclass
class Question:
    """The whole text. `suggestion` is the text with words corrected, None if there is none; unless `is_replaced` they were not looked for."""

    folded: str
    groups: list[Group]
    suggestion: str | None = None
    is_replaced: bool = False

    @property
    def most(self) -> int:
        """About as many documents answer every word, at most."""
        return min((group.documents for group in self.groups), default=0)


def understand(typed: str, *, unfinished: bool = False) -> Question:
    """Read the text. With `unfinished` the last word may go on (somebody is typing)."""
    words = text.read_words(typed[:200])
    words = ([word for word in words if not word.is_stop] or words)[:MOST_WORDS]
    synonyms = lexicon.synonyms()
    related = {
        word.folded: [*_related(word, synonyms), *_joined(words, place), *_phrases(words, place, synonyms)]
        for place, word in enumerate(words)
    }
    sellers = {word.folded: _sellers(word, synonyms, words, place) for place, word in enumerate(words)}
    choices = [choice for found in (*related.values(), *sellers.values()) for choice in found]
    known = lexicon.count({stem for choice in choices for stem in choice.stems})
    groups: list[Group] = []
    corrections = Corrections()
    for place, word in enumerate(words):
        there = [one for one in sellers[word.folded] if known.is_empty or _occurs([one], known)]
        group = Group(word, related[word.folded], [*_loose(word), *there])
        last = place == len(words) - 1
        if there and not known.is_empty and not (unfinished and last):
            # A word of ours, if not of the documents: neither a beginning nor a mistake. Of a compound only a part is known to be one.
            if there[0].worth <= PART_SOLD_THERE and not _occurs(group.alternatives, known):
                _correct_to_terms(group, known, corrections)
        elif not _complete(group, known, unfinished=unfinished and last) and word.folded.isalpha():
            _correct(group, known, synonyms, corrections)
        group.rarity, group.documents = _rarity(group, known)
        if len(words) > 1:
            group.rarity *= _share(word, group)
        groups.append(group)
    suggestion = _corrected(typed, corrections.sure)
    return Question(
        text.fold(typed).strip(),
        groups,
        suggestion or _corrected(typed, corrections.unsure),
        is_replaced=suggestion is not None,
    )


def _share(word: text.Word, group: Group) -> float:
    """How much of its weight the word keeps beside others."""
    if text.is_modest(word.stem) or (word.folded.isdigit() and len(word.folded) < 4):
        return MODEST
    return NOBODY_HAS if not group.documents and not word.folded.isalpha() else 1.0


def _related(word: text.Word, synonyms: Synonyms) -> list[Alternative]:
    """What the word means by itself: its stem, its parts together, its trade, its synonyms."""
    found = [Alternative((word.stem,), WHOLE)]
    if len(word.parts) > 1 and not word.folded[:1].isdigit():
        found.append(Alternative(word.part_stems, PARTS))
    if trade := text.trade_of(word.folded):
        found.append(Alternative((trade,), TRADE))
    found += [Alternative(stems, SYNONYM) for stems in synonyms.get(word.stem, [])]
    if small := _DIMINUTIVE.fullmatch(word.folded):
        found += [Alternative((stem,), SMALL) for stem in {text.stem(small[1] + "chen"), text.stem(small[1])}]
    return found


def _joined(words: list[text.Word], place: int) -> list[Alternative]:
    """The word written together with its neighbour: `Kinder Fahrrad` means `Kinderfahrrad`, too."""
    return [
        Alternative((text.stem(one.folded + other.folded),), JOINED)
        for one, other in _pairs(words, place)
        if one.folded.isalpha() and other.folded.isalpha()
    ]


def _phrases(words: list[text.Word], place: int, synonyms: Synonyms) -> list[Alternative]:
    """What two neighbours mean together: `Firma gründen` asks for the trade office."""
    return [
        Alternative(stems, SYNONYM)
        for one, other in _pairs(words, place)
        for stems in synonyms.get(f"{one.stem} {other.stem}", [])
    ]


def _pairs(words: Sequence[text.Word], place: int) -> list[Sequence[text.Word]]:
    return [pair for at in (place - 1, place) if at >= 0 and len(pair := words[at : at + 2]) == 2]


def _loose(word: text.Word) -> list[Alternative]:
    """What is better than nothing: a part of a compound alone, the head first, or what stands before a head that says nothing."""
    if len(word.parts) < 2:
        return []
    if text.is_empty_head(word.part_stems[-1]):
        return [Alternative((word.part_stems[-2],), BEFORE_EMPTY)]
    before, head = word.part_stems[:-1], word.part_stems[-1]
    return [Alternative((head,), HEAD_ONLY), *(Alternative((stem,), BEFORE_ONLY) for stem in before)]


def _sellers(word: text.Word, synonyms: Synonyms, words: Sequence[text.Word] = (), place: int = 0) -> list[Alternative]:
    """Who has such things (`Lesebrille`: the optician), of the word itself or joined with its neighbour, else of its last part, else of what
    stands before; first of what stands before a last part that tells little (`Gitarrenunterricht`)."""
    trades = lexicon.trades()
    joined = [text.stem(one.folded + other.folded) for one, other in _pairs(words, place)]
    for whole in (word.stem, *joined):
        if there := trades.get(whole):
            return _at(there, synonyms, SOLD_THERE, besides=(word.stem,))
    parts = word.part_stems if len(word.parts) > 1 else ()
    says_little = bool(parts) and (text.is_modest(parts[-1]) or text.is_empty_head(parts[-1]))
    for part in (*parts[:-1], parts[-1]) if says_little else reversed(parts):
        if there := trades.get(part):
            return _at(there, synonyms, PART_SOLD_THERE)
    return []


def _at(
    there: Sequence[tuple[tuple[str, ...], bool]], synonyms: Synonyms, worth: float, besides: tuple[str, ...] = ()
) -> list[Alternative]:
    """The trades, under all their names; each once, by what it is worth most."""
    found: dict[tuple[str, ...], Alternative] = {}
    for trade, later in there:
        for stems in (trade, *synonyms.get(" ".join(trade), ())):
            if stems != besides:
                found.setdefault(stems, Alternative(stems, worth * (NEXT_BEST if later else 1.0)))
    return list(found.values())


def _complete(group: Group, known: Vocabulary, *, unfinished: bool) -> bool:
    """Add the words that begin like an unknown or unfinished word; whether any document has something of it."""
    word = group.word
    is_known = _occurs(group.alternatives, known)
    if known.is_empty or (is_known and not unfinished):
        return True
    if len(word.folded) < 2 or word.folded.isdigit():
        return is_known
    ahead = group.ahead = lexicon.beginning_with(word.folded)
    known.add(ahead)
    group.alternatives += [Alternative((term.stem,), BEGINNING) for term in ahead if term.stem != word.stem]
    return is_known or bool(ahead)


def _correct_to_terms(group: Group, known: Vocabulary, corrections: Corrections) -> bool:
    """Add the words of the documents that were surely meant; whether there are any. People are asked about others.

    A word spelled as we know it is no mistake; at most people are asked for one that sounds the same. What can be read as a compound of such
    words may lack a letter (`Erdbern`), but has no wrong one (`Wohngeld`, `Wohnfeld`).
    """
    word = group.word.folded
    meant = lexicon.meant(word)
    if text.is_german(word):
        meant, likely = [one for one in meant if text.sound(one[0].word) == text.sound(word)], []
    else:
        strict = text.is_compound(word)
        likely = [one for one in meant if text.is_slip(word, one[0].word, same_letters=strict)]
    known.add(term for term, _ in likely)
    group.alternatives += [Alternative((term.stem,), CORRECTED.get(far, 0.5)) for term, far in likely]
    if likely:
        corrections.sure[word] = likely[0][0].written
    elif meant:
        corrections.unsure[word] = meant[0][0].written
    return bool(likely)


def _correct(group: Group, known: Vocabulary, synonyms: Synonyms, corrections: Corrections) -> None:
    """Add the words an unknown word was surely meant as: first words of the documents, else words we know."""
    word = group.word
    if _correct_to_terms(group, known, corrections) or text.is_german(word.folded):
        return
    for guess, far in text.guesses(word.folded):
        meant = text.read_words(guess)[0]
        if not text.is_slip(word.folded, meant.folded, same_letters=text.is_compound(word.folded)):
            continue
        related, sellers = _related(meant, synonyms), _sellers(meant, synonyms)
        stems = {stem for choice in (*related, *sellers) for stem in choice.stems}
        known.counts.update(lexicon.count(stems).counts)
        if _occurs([*related, *sellers], known):
            worth = CORRECTED.get(far, 0.5)
            group.alternatives += [Alternative(choice.stems, choice.worth * worth) for choice in related]
            group.loose += [Alternative(choice.stems, choice.worth) for choice in sellers]
            corrections.sure[word.folded] = guess
            return


def _occurs(choices: list[Alternative], known: Vocabulary) -> bool:
    return any(all(known.documents(stem) for stem in choice.stems) for choice in choices)


def _rarity(group: Group, known: Vocabulary) -> tuple[float, int]:
    """ln(1 + documents / documents with the word): how much a match of this word tells; and how many have it or an alternative."""
    counts = [min(known.documents(stem) for stem in choice.stems) for choice in group.alternatives]
    count = counts[0] or max(counts, default=0)
    return log(1 + (known.size + 1) / (count + 1)), sum(counts)


def _corrected(typed: str, corrections: dict[str, str]) -> str | None:
    """The typed text with the corrected words put in; everything else as it was typed."""

    def correct(found: re.Match[str]) -> str:
        word = corrections.get(text.fold(found[0]), found[0])
        return word.capitalize() if found[0][0].isupper() and word != found[0] else word

    corrected = re.sub(r"[^\W_]+", correct, typed)
    return corrected if corrected != typed else None
