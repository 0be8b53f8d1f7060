import json

from django.core.management.base import BaseCommand, CommandError

from stadtplatz.operate import erasures, people


class Command(BaseCommand):
    help = "Export or erase everything kept about the holder of a mail address; print the ledger of erasures."

    def add_arguments(self, parser):
        parser.add_argument("verb", choices=["export", "erase", "ledger"])
        parser.add_argument("address", nargs="?", default="", help="mail address (not for ledger)")
        parser.add_argument("--yes", action="store_true", help="do not ask before erasing")

    def handle(self, *, verb, address, yes, **options):
        if verb == "ledger":
            self.stdout.write(erasures.write())
            return
        if not people.known_as(address):
            raise CommandError(f"Nobody is known under {address}.")
        if verb == "export":
            self.stdout.write(json.dumps(people.export(address), ensure_ascii=False, indent=2, default=str))
            return
        if not yes and input(f"Erase everything about {address}? Type yes: ").strip() != "yes":
            raise CommandError("Nothing was changed.")
        kept = people.erase(address)
        self.stdout.write(
            "\n".join(
                ["Erased. What stays:", *(f"- {sentence}" for sentence in kept)] if kept else ["Erased. Nothing stays."]
            )
        )
