from django.core.management.base import BaseCommand, CommandError

from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.tickets.actions import make_client, revoke_client
from stadtplatz.tickets.models import ApiClient
from stadtplatz.tickets.queries.clients import clients


class Command(BaseCommand):
    help = "Programs that may open reports: make a key, revoke it, list them."

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        make = verbs.add_parser("make", help="make a key; it is shown once")
        make.add_argument("name")
        make.add_argument("--contact", default="")
        make.add_argument("--per-hour", type=int, default=600)
        revoke = verbs.add_parser("revoke", help="the key opens nothing any more")
        revoke.add_argument("name")
        verbs.add_parser("list", help="list the programs")

    def handle(self, *, verb, **options):
        getattr(self, f"_{verb}")(**options)

    def _make(self, *, name, contact, per_hour, **options):
        try:
            _client, key = make_client(name=name, contact=contact, per_hour=per_hour, by=SYSTEM)
        except ActionRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(key)

    def _revoke(self, *, name, **options):
        client = ApiClient.objects.filter(name=name).first()
        if client is None:
            raise CommandError(f"There is no program called {name}.")
        revoke_client(client, by=SYSTEM)
        self.stdout.write(f"{name} opens nothing any more.")

    def _list(self, **options):
        for client in clients():
            state = "revoked" if client.revoked_at else f"at most {client.per_hour} an hour"
            count = client.count  # type: ignore[attr-defined]  # counted by the query
            self.stdout.write(f"{client.name}  {client.key_start}…  {state}  {count} reports")
