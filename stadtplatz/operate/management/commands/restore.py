from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from stadtplatz.operate import backup


class Command(BaseCommand):
    help = "Bring a backup back. What this installation holds now is replaced; erasures made since the backup are repeated."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--erasures", type=Path, help="ledger of erasures written by: stadtplatz person ledger")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *, file, erasures, yes, **options):
        if not yes and input(f"Replace everything in this installation by {file}? Type yes: ").strip() != "yes":
            raise CommandError("Nothing was changed.")
        try:
            manifest, repeated = backup.restore(file, ledger=erasures)
        except backup.ArchiveRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Restored the state of {manifest.created_at}; {repeated} later erasures were repeated.")
