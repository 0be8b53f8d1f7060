"""SQLite with a fair queue in front of writing.

SQLite lets one transaction write at a time and makes the others poll, so a busy process can starve a quiet one. Here every
transaction first queues at two file locks: whoever holds the turnstile is next, whoever holds the desk writes. The process that
just left the desk must pass the turnstile again, behind the one already waiting there. Locks belong to open files: the
kernel releases them when a process dies. Measurements: docs/decisions/0003-fair-write-lock.md
"""

import fcntl
import os

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes the write queue before BEGIN IMMEDIATE and leaves it after COMMIT, ROLLBACK or close."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._desk: int | None = None
        self._turnstile: int | None = None

    def _start_transaction_under_autocommit(self):
        self._queue()
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
            for name in ("_desk_file", "_turnstile_file"):
                if (file := self.__dict__.pop(name, None)) is not None:
                    os.close(file)

    def _queue(self) -> None:
        if self.is_in_memory_db():
            return
        if "_desk_file" not in self.__dict__:
            path = str(self.settings_dict["NAME"])
            self._desk_file = os.open(f"{path}.desk", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self._turnstile_file = os.open(f"{path}.turnstile", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._turnstile_file, fcntl.LOCK_EX)
        try:
            fcntl.flock(self._desk_file, fcntl.LOCK_EX)
        finally:
            fcntl.flock(self._turnstile_file, fcntl.LOCK_UN)
        self._desk = self._desk_file

    def _leave(self) -> None:
        if self._desk is not None:
            fcntl.flock(self._desk, fcntl.LOCK_UN)
            self._desk = None
