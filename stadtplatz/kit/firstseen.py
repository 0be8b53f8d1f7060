"""Where something was seen first, for so many things that they should not all stay in memory."""

import sqlite3
from hashlib import blake2b


class FirstSeen:
    """Remembers the number with which each word came first, in a private temporary file that goes with the object."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._file.execute("PRAGMA cache_size = -2000")
        self._file.execute("CREATE TABLE seen (word BLOB PRIMARY KEY, number INTEGER) WITHOUT ROWID")
        self._file.execute("BEGIN")

    def note(self, word: str, number: int) -> int:
        """The number with which this word came first: this one, if it never came before."""
        digest = blake2b(word.encode(), digest_size=12).digest()
        row = self._file.execute("SELECT number FROM seen WHERE word = ?", (digest,)).fetchone()
        if row is None:
            self._file.execute("INSERT INTO seen VALUES (?, ?)", (digest, number))
        return row[0] if row else number
