"""PostgreSQL whose kept connections are looked at without asking the server.

Django asks `SELECT 1` at the beginning of each request, to see whether the connection still lives: one statement in ten for a page. But
a server that stops, is restarted or ends a session says so by itself: its last words, or the end of the stream, wait at the socket.
So silence is believed, and only if something waits there the server is asked. What stays undetected is a network that lost the
connection without a word; there `SELECT 1` would have waited just as long. Measurements: docs/decisions/0021-page-costs.md
"""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's own, with a cheaper `is_usable`."""

    def is_usable(self) -> bool:
        """Whether the connection still lives, as far as this end knows."""
        if self.connection is None or self.connection.closed:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN | select.POLLPRI)
        return super().is_usable() if waiting.poll(0) else True
