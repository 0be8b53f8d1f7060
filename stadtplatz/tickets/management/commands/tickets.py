"""`stadtplatz tickets …`: the commands about reports. Each verb is a function of `tickets.commands`."""

from django.core.management.base import BaseCommand, CommandError

from stadtplatz.tickets import commands
from stadtplatz.tickets.suggesting.reading import FileRefused


class Command(BaseCommand):
    help = "Reports: the suggestion of categories, retention, rules."

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
        for name, verb in commands.VERBS.items():
            verb.add_arguments(verbs.add_parser(name, help=verb.help, description=verb.help))

    def handle(self, *, verb, **options):
        try:
            commands.VERBS[verb].run(self.stdout.write, options)
        except FileRefused as refusal:
            raise CommandError(str(refusal)) from refusal
