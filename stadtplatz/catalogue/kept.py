"""What of the catalogue each process keeps. See `kit.kept`."""

from stadtplatz.kit.kept import Topic

CATEGORIES = Topic("catalogue.categories", {"catalogue.CategoryEntry": (), "catalogue.CategoryAddress": ()})
