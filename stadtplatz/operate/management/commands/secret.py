import secrets

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Print a fresh value for STADTPLATZ_SECRET_KEY."
    requires_system_checks: list = []

    def handle(self, **options):
        self.stdout.write(secrets.token_urlsafe(64))
