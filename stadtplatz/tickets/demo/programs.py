"""A program of others in the demo town, with a key that everybody may try, and reports that came through it."""

from __future__ import annotations

from datetime import datetime, timedelta

from stadtplatz.tickets.actions.clients import Sending, open_by_client
from stadtplatz.tickets.models import ApiClient, Category
from stadtplatz.tickets.models.client import key_digest

KEY = "sp_demo"
TOLD = [
    (9, "street-light", "Laterne am Fußweg flackert seit einer Woche.", (8.8712, 48.5961)),
    (4, "road-damage", "Kante am Radweg steht hoch, gemeldet mit der App des Landkreises.", (8.8741, 48.5929)),
]


def build(now: datetime) -> None:
    """The app of the county may report here and has done so twice. Nothing happens if it is there."""
    if ApiClient.objects.exists():
        return
    client = ApiClient.objects.create(
        name="Mängel-App des Landkreises (erfunden)",
        contact="leitstelle@landkreis.example",
        key_digest=key_digest(KEY),
        key_start=KEY,
        per_hour=120,
        made_at=now - timedelta(days=60),
        made_by="system",
    )
    categories = {row.code: row for row in Category.objects.filter(active=True)}
    for days, code, text, place in TOLD:
        if code in categories:
            sent = Sending(text=text, category=categories[code], questions=None, place=place, name="Mira Muster")
            open_by_client(client, sent, at=now - timedelta(days=days, hours=3))
