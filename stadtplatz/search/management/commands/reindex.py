"""stadtplatz reindex: make the search index anew."""

from django.core.management.base import BaseCommand

from stadtplatz.search import actions, vocabulary


class Command(BaseCommand):
    help = "Make all tokens and words of the search index anew; with --if-needed only when the analyser has changed."

    def add_arguments(self, parser):
        parser.add_argument("--if-needed", action="store_true")

    def handle(self, *args, **options):
        if options["if_needed"] and not vocabulary.is_stale():
            self.stdout.write("The index is up to date.")
            return
        self.stdout.write(f"{actions.reindex()} documents indexed.")
