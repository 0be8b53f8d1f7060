from django.core.management.base import BaseCommand, CommandParser

from stadtplatz.kit import jobs
from stadtplatz.kit.worker import Worker


class Command(BaseCommand):
    help = "Do what follows from changes: mails, reminders, expiries. Stops after the job at hand on SIGTERM or Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now and end")

    def handle(self, *, once: bool, **options) -> None:
        if once:
            self.stdout.write(f"{jobs.run_all()} attempts")
            return
        jobs.discover()
        Worker().run()
