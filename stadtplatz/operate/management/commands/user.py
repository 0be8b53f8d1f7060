import getpass
import os

from django.core.management.base import BaseCommand, CommandError

from stadtplatz.accounts.actions import set_operator
from stadtplatz.accounts.models import Person


class Command(BaseCommand):
    help = "Create people, make operators, list them."

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        create = verbs.add_parser("create", help="create a person who can sign in at once")
        create.add_argument("email")
        create.add_argument("--name", default="")
        create.add_argument("--operator", action="store_true", help="may run this installation")
        operator = verbs.add_parser("operator", help="make a person an operator, or take it back")
        operator.add_argument("email")
        operator.add_argument("--remove", action="store_true")
        verbs.add_parser("list", help="list the operators")

    def handle(self, *, verb, **options):
        getattr(self, f"_{verb}")(**options)

    def _create(self, *, email, name, operator, **options):
        if Person.objects.filter(email__iexact=email).exists():
            raise CommandError(f"There is already a person with the address {email}.")
        password = os.environ.get("STADTPLATZ_PASSWORD") or getpass.getpass("Password (at least 10 signs): ")
        if len(password) < 10:
            raise CommandError("The password needs at least 10 signs. Nobody was created.")
        person = Person.objects.create_user(email, password, name=name, is_operator=operator)
        person.emailaddress_set.create(email=person.email, verified=True, primary=True)
        self.stdout.write(f"Created {person.email}{' as operator' if operator else ''}.")

    def _operator(self, *, email, remove, **options):
        if not set_operator(email=email, is_operator=not remove):
            raise CommandError(f"Nobody has the address {email}.")
        self.stdout.write(f"{email} is {'no longer' if remove else 'now'} an operator.")

    def _list(self, **options):
        for person in Person.objects.filter(is_operator=True).order_by("email"):
            self.stdout.write(f"{person.email}  {person.name}")
