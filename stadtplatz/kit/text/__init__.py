"""German text, read the way people mean it: one face for searching, matching addresses and spelling.

    fold("Brötchen") == fold("Broetchen") == fold("BROTCHEN")
    analyse("500 g Brötchentüten")  ->  ["500g", "~500", "brotchentut", "~brotch", "=tut"]

A plain token is a whole word, `=` marks the head of a compound (what the thing is), `~` what stands before it.
"""

from stadtplatz.kit.text.compounds import is_compound, split
from stadtplatz.kit.text.folding import fold
from stadtplatz.kit.text.guesses import guesses, is_german
from stadtplatz.kit.text.masking import Finding, find_personal, mask
from stadtplatz.kit.text.spelling import allowed_distance, closest, distance, is_slip, similar, sound, trigrams
from stadtplatz.kit.text.version import VERSION
from stadtplatz.kit.text.words import (
    Word,
    analyse,
    is_empty_head,
    is_modest,
    read_words,
    stem,
    tokens_of,
    trade_of,
    written_forms,
    written_part,
)

__all__ = [
    "VERSION",
    "Finding",
    "Word",
    "allowed_distance",
    "analyse",
    "closest",
    "distance",
    "find_personal",
    "fold",
    "guesses",
    "is_compound",
    "is_empty_head",
    "is_german",
    "is_modest",
    "is_slip",
    "mask",
    "read_words",
    "similar",
    "sound",
    "split",
    "stem",
    "tokens_of",
    "trade_of",
    "trigrams",
    "written_forms",
    "written_part",
]
