import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stadtplatz.operate.demo import check
from stadtplatz.operate.demo.client import Unexpected


class Command(BaseCommand):
    help = "Start the demo on a free port, walk both errands over HTTP as strangers and staff, say what was done, stop."
    requires_system_checks: list = []

    def handle(self, **options):
        port = _free_port()
        words = [sys.executable, "-m", "stadtplatz", "demo", "--port", str(port)]
        demo = subprocess.Popen(words, env=os.environ | {"VAR": str(settings.VAR)}, start_new_session=True)  # noqa: S603 - our own words
        try:
            self._wait(port, demo)
            check.walk_both(f"http://localhost:{port}/", say=self._say)
        except Unexpected as complaint:
            raise CommandError(str(complaint)) from complaint
        finally:
            demo.send_signal(signal.SIGINT)
            demo.wait(timeout=30)
        self._say("Both errands were walked to their end. The demo is stopped.")

    def _wait(self, port: int, demo: subprocess.Popen) -> None:
        for _ in range(900):
            if demo.poll() is not None:
                raise CommandError(f"The demo stopped with code {demo.returncode}.")
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
                return
            except OSError:
                time.sleep(0.3)
        raise CommandError("The demo did not get ready.")

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
