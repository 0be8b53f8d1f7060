"""stadtplatz searches: what people looked for and did not find."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.db.models import Sum

from stadtplatz.kit import clock
from stadtplatz.search.models import EmptySearch


class Command(BaseCommand):
    help = "List the texts that found nothing on three different days or more, the most frequent first."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=30)

    def handle(self, *, days, **options):
        since = clock.today() - timedelta(days=days)
        rows = (
            EmptySearch.objects.filter(day__gte=since).exclude(text="").values_list("text").annotate(total=Sum("count"))
        )
        for text, total in rows.order_by("-total", "text")[:200]:
            self.stdout.write(f"{total:6}  {text}")
