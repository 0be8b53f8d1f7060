from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from stadtplatz.operate import backup


class Command(BaseCommand):
    help = "Check a backup archive, or without a file the invariants of this installation."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, nargs="?")

    def handle(self, *, file, **options):
        if file:
            self._archive(file)
        else:
            self._installation()

    def _archive(self, file: Path) -> None:
        try:
            manifest = backup.verify(file)
        except backup.ArchiveRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{file} is whole: {len(manifest.files)} files, {manifest.vendor}, from {manifest.created_at}."
        )

    def _installation(self) -> None:
        from stadtplatz.operate import verify

        if found := verify.complaints():
            raise CommandError("\n".join(found))
        self.stdout.write("Everything adds up.")
