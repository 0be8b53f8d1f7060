from pathlib import Path

from django.core.management.base import BaseCommand

from stadtplatz.operate import backup


class Command(BaseCommand):
    help = "Write database and media into one archive that checks itself. The installation may go on running."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        manifest = backup.write(file)
        size = file.stat().st_size / 1e6
        self.stdout.write(f"{file}: {len(manifest.files)} files, {size:.1f} MB, from {manifest.created_at}.")
