"""A demo town under granian, measured from outside."""

import http.client
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.measure import cpu_seconds, tree


@dataclass
class Server:
    port: int
    pid: int

    def ask(
        self, request: Callable[[http.client.HTTPConnection], int], *, times: int, connections: int
    ) -> tuple[float, float, int]:
        """Ask `times` requests over so many connections; returns CPU ms per request, requests per second, and errors."""
        share, errors = times // connections, []

        def visitor() -> None:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            for _ in range(share):
                try:
                    status = request(connection)
                except (OSError, http.client.HTTPException) as error:
                    errors.append(str(error))
                    connection.close()
                    continue
                if status >= 400:
                    errors.append(str(status))

        pids = tree(self.pid)
        before, started = cpu_seconds(pids), time.perf_counter()
        threads = [threading.Thread(target=visitor) for _ in range(connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        elapsed, used = time.perf_counter() - started, cpu_seconds(tree(self.pid)) - before
        return used * 1000 / (share * connections), share * connections / elapsed, len(errors)


def get(path: str, **headers: str) -> Callable[[http.client.HTTPConnection], int]:
    def ask(connection: http.client.HTTPConnection) -> int:
        address = f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}"
        known = {"Host": "localhost", "Accept-Encoding": "identity", "X-Forwarded-For": address}
        known["X-Forwarded-Proto"] = "https"
        connection.request("GET", path, headers=known | headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status

    return ask


@contextmanager
def granian(application: str, environment: dict[str, str], python: str = sys.executable) -> Iterator[Server]:
    """The application under the same settings as `stadtplatz serve`, by this Python."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [python, "-m", "granian", application, "--interface", "wsgi", "--port", str(port), "--workers", "2"]
    words += ["--blocking-threads", "4", "--log-level", "error"]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(words, env=os.environ | environment, stdout=log, stderr=log)
        try:
            _wait(port)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            time.sleep(0.5)
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server did not start.")
