import os

from django.core.management.base import BaseCommand

from stadtplatz.operate import serving


class Command(BaseCommand):
    help = "Answer web requests until stopped."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument("--workers", type=int, default=serving.WORKERS, help="processes (default 2)")

    def handle(self, *, host, port, workers, **options):
        serving.collect_static()
        words = serving.web_command(host=host, port=port, workers=workers)
        os.execv(words[0], words)  # noqa: S606 - our own interpreter and fixed words
