import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stadtplatz.operate.demo import certificate, roles, server, town


class Command(BaseCommand):
    help = "Set up and run a town that lives: web server and worker, until Ctrl-C. State is kept in VAR."
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument(
            "--https", action="store_true", help="serve on the local network with a certificate made on the spot"
        )
        parser.add_argument("--build-only", action="store_true", help="build the town and stop")

    def handle(self, *, port, https, build_only, **options):
        if not settings.DEMO:
            raise CommandError("The demo runs only with STADTPLATZ_MODE=demo.")
        try:
            with server.only_one():
                self._run(port, https, build_only)
        except server.CannotStart as reason:
            raise CommandError(str(reason)) from reason

    def _run(self, port: int, https: bool, build_only: bool) -> None:
        host = "0.0.0.0" if https else "127.0.0.1"  # noqa: S104 - only when somebody asks for the local network
        server.refuse_taken_port(host, port)
        address = certificate.own_address() if https else "localhost"
        settings.BASE_URL = f"{'https' if https else 'http'}://{address}:{port}"
        town.build(self._say)
        if build_only:
            return
        tls = certificate.make(settings.VAR / "tls", address) if https else None
        server.run(host=host, port=port, tls=tls, when_ready=lambda: self._say(roles.introduction()))

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
