"""What of moderation each process keeps. See `kit.kept`."""

from stadtplatz.kit.kept import Topic

GREEN = Topic("moderation.green", {"moderation.GreenWord": ()})
