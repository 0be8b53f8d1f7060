"""Open311 GeoReport v2: the city's reports for apps and other programs, as wiki.open311.org describes it. See docs/api.md."""
