"""The energy class stands beside the price, in the arrow of its scale, and leads to label and data sheet."""

import pytest
from django.urls import reverse

from stadtplatz.catalogue import structured
from stadtplatz.catalogue.categories import Category
from stadtplatz.catalogue.energy import classes_of, energy_view
from stadtplatz.catalogue.tests.builders import offer

USUAL, TYRES, STOVES = (Category("x", "x", "x", "x", scale=scale) for scale in ("A-G", "A-E", "A++-G"))


@pytest.mark.parametrize(
    ("said", "category", "letter", "scale", "step"),
    [
        ("A", USUAL, "A", ("A", "G"), 1), ("d", USUAL, "D", ("A", "G"), 4), (" G ", USUAL, "G", ("A", "G"), 7), ("A", TYRES, "A", ("A", "E"), 1),
        ("C", TYRES, "C", ("A", "E"), 4), ("E", TYRES, "E", ("A", "E"), 7), ("A++", STOVES, "A++", ("A++", "G"), 1), ("A", STOVES, "A", ("A++", "G"), 3),
        ("D", STOVES, "D", ("A++", "G"), 6), ("G", STOVES, "G", ("A++", "G"), 7), ("B", None, "B", ("A", "G"), 2),
    ],
)  # fmt: skip
def test_the_arrow_has_the_colour_of_its_place_in_the_scale(said, category, letter, scale, step):
    view = energy_view({"energy": said}, category)
    assert (view.letter, (view.best, view.worst), view.step) == (letter, scale, step)


@pytest.mark.parametrize(("said", "category"), [("", USUAL), ("A+", USUAL), ("G", TYRES), ("Z", None), ("AB", USUAL)])
def test_a_class_the_label_does_not_know_is_not_shown(said, category):
    assert energy_view({"energy": said}, category) is None


@pytest.mark.parametrize("scale", ["", "G-A", "A", "x-y", "A-A"])
def test_an_unknown_scale_is_the_usual_one(scale):
    assert classes_of(scale) == ("A", "B", "C", "D", "E", "F", "G")


def test_the_number_of_the_model_leads_to_its_label():
    assert energy_view({"energy": "B", "eprel": "298173"}, USUAL).url == "https://eprel.ec.europa.eu/qr/298173"
    assert energy_view({"energy": "B"}, USUAL).url == ""


@pytest.fixture
def lamp(bakery, erna):
    said = {"energy": "F", "eprel": "298173", "maker": "Erdacht GmbH, Weg 1, Musterstadt"}
    return offer(bakery, erna, title="Lampe Morgenrot", category="light-bulbs", particulars=said)


def test_beside_the_price_in_a_list_the_class_is_seen(client, lamp):
    page = client.get(reverse("offers")).content.decode()
    assert "Energieklasse F auf einer Skala von A bis G" in page


def test_on_its_page_label_and_data_sheet_are_one_click_away(client, lamp):
    page = client.get(lamp.get_absolute_url()).content.decode()
    assert "Energieklasse F auf einer Skala von A bis G" in page
    assert 'href="https://eprel.ec.europa.eu/qr/298173"' in page
    assert "Energielabel und Datenblatt" in page


def test_search_engines_read_the_class_too(lamp):
    details = structured.product_of(lamp, available=1)["hasEnergyConsumptionDetails"]
    assert details["hasEnergyEfficiencyCategory"] == "https://schema.org/EUEnergyEfficiencyCategoryF"
    assert details["energyEfficiencyScaleMax"] == "https://schema.org/EUEnergyEfficiencyCategoryA"
