from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtplatz.catalogue import units
from stadtplatz.catalogue.imports import cells
from stadtplatz.catalogue.imports.cells import Fault
from stadtplatz.catalogue.imports.columns import COLUMNS, guess
from stadtplatz.catalogue.imports.exporting import amount, headers, measure
from stadtplatz.kit.money import Money


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,90", "12.90"), ("12.90", "12.90"), ("12", "12"), ("1.234,56", "1234.56"), ("1,234.56", "1234.56"),
        ("1.234", "1234"), ("1.234.567", "1234567"), ("0.750", "0.750"), ("0,75", "0.75"), ("12,90 €", "12.90"),
        ("€ 12,90", "12.90"), ("EUR 12,90", "12.90"), ("12,-", "12"), ("12,– €", "12"), ("1 234,50", "1234.50"),
        ("1\u00a0234,50", "1234.50"), ("1'234.50", "1234.50"), ("-3", "-3"), ("1234,5", "1234.5"), ("12.9", "12.9"),
    ],
)  # fmt: skip
def test_numbers_as_germans_and_tills_write_them(text, value):
    assert cells.number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "zwölf", "12,90,1", "1,2,3", "--5", "12 90 x", "١٢", "1e5", "NaN", "1.2.3,4,5"])
def test_what_is_no_number_is_told(text):
    with pytest.raises(ValueError):
        cells.number(text)


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("750 g", "750", "g"), ("750g", "750", "g"), ("0,75 l", "0.75", "l"), ("6 x 0,33 l", "1.98", "l"),
        ("6x330ml", "1980", "ml"), ("1,5 Liter", "1.5", "l"), ("2 qm", "2", "m2"), ("2 m²", "2", "m2"), ("3 m2", "3", "m2"),
        ("10 Stück", "10", "piece"), ("10 Stk.", "10", "piece"), ("1.000 g", "1000", "g"), ("0.750 kg", "0.75", "kg"),
        ("12 × 1 l", "12", "l"), ("50 cl", "50", "cl"), ("1 Kilo", "1", "kg"), ("1 cbm", "1", "m3"),
    ],
)  # fmt: skip
def test_content_in_one_cell(text, amount, unit):
    assert cells.content(text) == (Decimal(amount), unit)


def test_content_in_two_cells():
    assert cells.content("0,75", "Liter") == (Decimal("0.75"), "l")
    assert cells.content("") == (None, "")


@pytest.mark.parametrize(
    ("text", "code"), [("viel", "content"), ("0 g", "content"), ("5 Sack", "content"), ("750", "content")]
)
def test_content_that_is_none_is_told(text, code):
    with pytest.raises(Fault) as fault:
        cells.content(text)
    assert fault.value.code == code


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4006381333931", "4006381333931"), ("4006381-333931", "4006381333931"), ("96385074", "96385074"),
        ("036000291452", "0036000291452"), ("36000291452", "0036000291452"), ("00036000291452", "0036000291452"), ("", ""), ("14006381333938", "14006381333938"),
    ],
)  # fmt: skip
def test_barcode_numbers_with_a_check_digit_that_fits(text, found):
    assert cells.gtin(text) == found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("4006381333932", "gtin-check"), ("4,00638E+12", "gtin-rounded"), ("12345", "gtin"), ("ABC", "gtin"),
        ("123456789012345", "gtin"), ("٤٠٠٦٣٨١٣٣٣٩٣١", "gtin"),
    ],
)  # fmt: skip
def test_barcode_numbers_that_are_none_are_told(text, code):
    with pytest.raises(Fault) as fault:
        cells.gtin(text)
    assert fault.value.code == code


@given(st.integers(0, 10**13 - 1))
def test_one_wrong_digit_is_always_noticed(number):
    body = f"{number:013d}"[:12]
    whole = body + cells.check_digit(body)
    assert cells.gtin(whole) == whole
    for place in range(13):
        other = str((int(whole[place]) + 1) % 10)
        with pytest.raises(Fault):
            cells.gtin(whole[:place] + other + whole[place + 1 :])


@given(st.integers(0, 9_999_999))
def test_an_amount_written_is_read_again(cents):
    assert cells.money(amount(Money(cents))) == Money(cents)


@given(st.decimals(Decimal("0.001"), Decimal("999999"), places=3), st.sampled_from([*units.UNITS, units.PIECE]))
def test_a_content_written_is_read_again(value, unit):
    assert cells.content(measure(value, unit)) == (value, unit)


@pytest.mark.parametrize(
    ("headers", "names"),
    [
        (["Art.-Nr.", "Bezeichnung", "VK brutto (EUR)", "Lagerbestand"], ["sku", "title", "price", "stock"]),
        (["EAN-Code", "Artikelname", "Preis", "Füllmenge", "Einheit"], ["gtin", "title", "price", "content", "unit"]),
        (["sku", "name", "price", "quantity", "category"], ["sku", "title", "price", "stock", "category"]),
        (["Titel", "Kurzbeschreibung", "Verkaufspreis in Euro", "USt.-Satz"], ["title", "description", "price", "vat"]),
        (["Preis", "Preis", "Titel", "Notiz"], ["price", "", "title", ""]),
        (["id", "title", "image_link", "gtin", "brand"], ["sku", "title", "picture", "gtin", "brand"]),
    ],
)
def test_columns_are_known_by_what_shops_call_them(headers, names):
    assert guess(headers) == names


def test_our_own_files_are_known_whole():
    assert guess(headers()) == [column.name for column in COLUMNS if column.name != "unit"]
