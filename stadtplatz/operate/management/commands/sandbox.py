"""`stadtplatz sandbox zuerich FILE`: a town of its own with the real reports of another city, beside everything else."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from stadtplatz.operate import sandbox
from stadtplatz.tickets import queries


class Command(BaseCommand):
    help = "Load the real reports of another city into a town of its own."

    def add_arguments(self, parser):
        parser.add_argument("town", choices=sandbox.names())
        parser.add_argument("file", type=Path, help="CSV file with the reports")
        parser.add_argument("--into", type=Path, help="state folder of the sandbox (default: VAR/sandbox/<town>)")
        parser.add_argument(
            "--database", default="", help="DATABASE_URL of the sandbox (default: SQLite in its folder)"
        )
        parser.add_argument(
            "--here", action="store_true", help="this very installation is the sandbox; it must be empty"
        )

    def handle(self, *args, town, file, into, database, here, **options):
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        if here:
            self._load(town, file)
            return
        folder = (into or settings.VAR / "sandbox" / town).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        own = {"VAR": str(folder), "DATABASE_URL": database}
        words = [sys.executable, "-m", "stadtplatz", "sandbox", town, str(file.resolve()), "--here"]
        if subprocess.run(words, env=os.environ | own).returncode:  # noqa: S603 - our own command
            raise CommandError("The sandbox was not loaded.")
        self.stdout.write(f"Start it with: VAR={folder} stadtplatz serve")

    def _load(self, town: str, file: Path) -> None:
        call_command("migrate", verbosity=0)
        if queries.any_report():
            raise CommandError("This database has reports already. Name another folder with --into.")
        call_command("city", "load", str(sandbox.FOLDER / town), verbosity=0, stdout=self.stdout)
        try:
            loaded = sandbox.load(town, file)
        except sandbox.Unreadable as broken:
            raise CommandError(str(broken)) from None
        self.stdout.write(f"{loaded.imported.count} reports, {loaded.skipped} lines left out. {loaded.imported.source}")
