"""SQLite with a fair queue in front of writing.

SQLite lets one transaction write at a time and makes the others poll, so a busy process can starve a quiet one. Here every
write first queues at two file locks: whoever holds the turnstile is next, whoever holds the desk writes. The process that
just left the desk must pass the turnstile again, behind the one already waiting there. The locks stand in front of SQLite's own,
which still decides: with a broken queue writing would be unfair, never wrong. They belong to open files, so the kernel
releases them when a process dies. Who waits, waits as long as it takes; a process stopped in mid transaction holds up all
writers. Reading never queues. Measurements: docs/decisions/0003-fair-write-lock.md
"""

import fcntl
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.sqlite3 import base

_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
_open_files: set[int] = set()
BURST = 0.01
"""Seconds from the start of a turn in which the same connection may write again without queueing, if the desk is free at once.

Handing over costs a change of process and a cold page cache, so a few writes in a row cost less; a turn stays this short.
"""


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes its turn before BEGIN IMMEDIATE and leaves after COMMIT, ROLLBACK or close; single writes outside queue as well."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._queue: _Queue | None = None

    def create_cursor(self, name=None):
        return self.connection.cursor(factory=_Cursor.of(self))

    @contextmanager
    def in_turn(self) -> Iterator[None]:
        """One write of its own, outside any transaction."""
        self._take_turn()
        try:
            yield
        finally:
            self._leave()

    def _start_transaction_under_autocommit(self):
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._leave()
            raise

    def _commit(self):
        try:
            super()._commit()
        finally:
            if self.connection is None or not self.connection.in_transaction:
                self._leave()

    def _rollback(self):
        try:
            super()._rollback()
        finally:
            self._leave()

    def _close(self):
        try:
            super()._close()
        finally:
            self._leave()
            if self._queue:
                self._queue.close()
                self._queue = None

    def _take_turn(self) -> None:
        if self.is_in_memory_db():
            return
        if self._queue is None or self._queue.pid != os.getpid():
            self._queue = _Queue(str(self.settings_dict["NAME"]))
        self._queue.enter()

    def _leave(self) -> None:
        if self._queue and self._queue.inside:
            self._queue.leave()


class _Cursor(base.SQLiteCursorWrapper):
    """Lets a single INSERT, UPDATE or DELETE in autocommit mode wait for its turn like a transaction."""

    wrapper: DatabaseWrapper

    @classmethod
    def of(cls, wrapper: DatabaseWrapper):
        def make(connection) -> "_Cursor":
            cursor = cls(connection)
            cursor.wrapper = wrapper
            return cursor

        return make

    def execute(self, query, params=None):
        if self.connection.in_transaction or not _WRITES.match(query):
            return super().execute(query, params)
        with self.wrapper.in_turn():
            return super().execute(query, params)

    def executemany(self, query, param_list):
        if self.connection.in_transaction:
            return super().executemany(query, param_list)
        with self.wrapper.in_turn():
            return super().executemany(query, param_list)


class _Queue:
    """One connection's place at the two locks. Each connection opens the files for itself, so threads queue like processes."""

    def __init__(self, path: str) -> None:
        self.pid = os.getpid()
        self.inside = False
        self._turn_began = 0.0
        self._desk, self._turnstile = _open(f"{path}.desk"), _open(f"{path}.turnstile")

    def enter(self) -> None:
        self.inside = True  # first, so that an interrupt between the locks cannot leave the desk taken
        if time.monotonic() - self._turn_began < BURST and self._desk_is_free():
            return
        fcntl.flock(self._turnstile, fcntl.LOCK_EX)
        try:
            fcntl.flock(self._desk, fcntl.LOCK_EX)
        finally:
            fcntl.flock(self._turnstile, fcntl.LOCK_UN)
        self._turn_began = time.monotonic()

    def _desk_is_free(self) -> bool:
        try:
            fcntl.flock(self._desk, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def leave(self) -> None:
        if self.pid == os.getpid():
            fcntl.flock(self._desk, fcntl.LOCK_UN)
        self.inside = False

    def close(self) -> None:
        if self.pid == os.getpid():
            for file in (self._desk, self._turnstile):
                _open_files.discard(file)
                os.close(file)


def _open(path: str) -> int:
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    _open_files.add(file)
    return file


def _forget_inherited() -> None:
    """A forked child must not keep its parent's place: the lock would outlive a parent that dies, and they would share it."""
    while _open_files:
        os.close(_open_files.pop())


os.register_at_fork(after_in_child=_forget_inherited)
