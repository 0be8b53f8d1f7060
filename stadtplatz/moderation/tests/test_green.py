"""Environmental claims are found as people write them, and ordinary words are left alone."""

import pytest

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.moderation import actions, green
from stadtplatz.moderation.models import GreenLook, GreenWord
from stadtplatz.moderation.tests.builders import clerk

CLAIMS = {
    "Klimaneutrale Kerze": "offset", "KLIMANEUTRAL": "offset", "klima-neutral hergestellt": "offset", "CO₂-neutrales Shirt": "offset", "CO2 neutral": "offset",
    "co2kompensierter Kaffee": "offset", "klima\u00adneutral": "offset", "Klima neutrales Bier": "offset", "Carbon-neutral soap": "offset", "wir sind klimapositiv": "offset",
    "Umweltfreundliches Waschmittel": "generic", "umwelt­freundlich": "generic", "umweltvertraeglicher Lack": "generic", "die nachhaltigste Tasche": "generic",
    "Nachhaltige Mode": "generic", "nachhaltig produziert": "generic", "biologisch abbaubarer Beutel": "generic", "biologisch-abbaubar": "generic",
    "kompostierbare Kapseln": "generic", "Ökologischer Putzstein": "generic", "OEKOLOGISCHE Farbe": "generic", "ressourcenschonend": "generic",
    "eco-friendly bottle": "generic", "biodegradable": "generic", "ist gut für die Umwelt.": "generic", "energieeffizienter Kühlschrank": "generic",
    "mit unserem Umweltsiegel": "seal", "eigenes Nachhaltigkeitssiegel": "seal",
}  # fmt: skip
NO_CLAIMS = [
    "Klimaanlage mobil", "Umwelttechnik für Schulen", "Nachhaltigkeitsbericht 2025", "Klimakammer", "Umweltkarte Herrenberg", "Bio-Apfel vom Bodensee",
    "grünes Kleid", "Grüner Tee", "Naturkosmetik", "aus ökologischem Landbau", "Äpfel aus ökologischer Erzeugung", "hinterlässt einen nachhaltigen Eindruck",
    "nachhaltige Pflege für trockenes Haar", "nicht kompostierbar", "keine nachhaltige Ware", "Energieeffizienzklasse A", "Kohlensäure (CO2) neu", "neutrale Seife",
    "Nachhaltigkeitsmanagement (Lehrbuch)", "Klimazone 7", "Umweltengel", "biologische Vielfalt", "Abbaubarkeit",
    "Recycling-Papier aus 100 % Altpapier", "", "   ",
]  # fmt: skip


def test_claims_are_found_and_ordinary_words_are_not(db):
    assert {text: [one.kind for one in green.look(text)] for text in CLAIMS} == {
        text: [kind] for text, kind in CLAIMS.items()
    }
    found = {text: [one.word for one in green.look(text)] for text in NO_CLAIMS}
    assert {text: words for text, words in found.items() if words} == {}


def test_only_the_operator_edits_the_list_and_it_counts_at_once(desk):
    operator = clerk("olga")
    said = {
        "kind": "generic",
        "patterns": "waldfreundlich*",
        "unless": "",
        "instead": "Anders sagen.",
        "source": "UWG",
        "verified": False,
        "active": True,
    }
    with pytest.raises(NotAllowed):
        actions.edit_green_word(
            word=None,
            changes=said,
            by=actor_for(Person.objects.create_user("fremd@example.org", "ein-langes-Passwort")),
        )
    for wrong in ({"patterns": " "}, {"patterns": "öko"}, {"patterns": "***\n...."}, {"source": ""}, {"instead": " "}):
        with pytest.raises(ActionRefused):
            actions.edit_green_word(word=None, changes=said | wrong, by=operator)
    before = GreenWord.objects.count()
    assert green.look("Waldfreundliches Holz") == []
    row = actions.edit_green_word(word=None, changes=said, by=operator)
    assert [one.word for one in green.look("Waldfreundliches Holz (x+)*")] == ["waldfreundliches"]
    actions.edit_green_word(word=row, changes={"active": False}, by=operator)
    assert green.look("Waldfreundliches Holz") == []
    assert GreenWord.objects.count() == before + 1


def test_what_was_looked_at_waits_until_words_or_evidence_change(desk):
    mark = green.mark_of("Umweltfreundlich", "Blauer Engel 1")
    for _twice in range(2):
        actions.look_at_green(content="offer:1", mark=mark, by=desk[0])
    assert GreenLook.objects.count() == 1
    assert green.mark_of("umweltfreundlich ", "Blauer Engel 1") == mark
    assert green.mark_of("umweltfreundlich", "Blauer Engel 2") != mark
    with pytest.raises(NotAllowed):
        actions.look_at_green(
            content="offer:2",
            mark=mark,
            by=actor_for(Person.objects.create_user("fremd@example.org", "ein-langes-Passwort")),
        )
