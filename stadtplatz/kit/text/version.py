"""Which analyser made these tokens. Stored with the index; when it changes, `stadtplatz reindex` is due."""

from hashlib import blake2s

import Stemmer

from stadtplatz.kit.text.data_files import DATA, NAMES

RULES = 2
"""Raise by one when code in this package changes what tokens come out."""


def _fingerprint() -> str:
    digest = blake2s(digest_size=5)
    for name in NAMES:
        if name != "synonyms.txt":  # synonyms are looked up when searching, not when indexing
            digest.update((DATA / name).read_bytes())
    return digest.hexdigest()


VERSION = f"{RULES}-{Stemmer.version()}-{_fingerprint()}"
