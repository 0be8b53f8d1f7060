"""Facts of a square that only exists in tests."""

from stadtplatz.audit.facts import APPLICANT, PUBLIC, STAFF, Fact

SWEPT = Fact("square.swept", PUBLIC, "The square was swept {times} times", {"times", "streets"})
ASKED = Fact("square.asked", APPLICANT, "Somebody asked about {times}", {"times"})
NOTED = Fact("square.noted", STAFF, "A note was made", set())
