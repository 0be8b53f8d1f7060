"""Files as shops really have them: odd spreadsheets, odd separators, odd ways to write a price, names of columns of known software."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from stadtplatz.catalogue import actions
from stadtplatz.catalogue.imports import cells, tables
from stadtplatz.catalogue.imports.cells import Fault
from stadtplatz.catalogue.imports.columns import guess, unit_in
from stadtplatz.catalogue.imports.rows import Reader
from stadtplatz.catalogue.models import Import, Offer
from stadtplatz.catalogue.tests.test_hostile_files import HEAD, read, workbook
from stadtplatz.kit.tables import as_meant, harmless, without_tags

BREAD = ["Brot", "3,50"]


def lines_of(text, encoding="utf-8"):
    return read(text if isinstance(text, bytes) else text.encode(encoding))


TABLES = {
    "separated by semicolons": "Titel;Preis\nBrot;3,50\n",
    "separated by tabs": "Titel\tPreis\nBrot\t3,50\n",
    "separated by pipes": "Titel|Preis\nBrot|3,50\n",
    "separated by commas": 'Titel,Preis\nBrot,"3,50"\n',
    "lines that end with a carriage return": "Titel;Preis\rBrot;3,50\r",
    "lines that end as on Windows": "Titel;Preis\r\nBrot;3,50\r\n",
    "no end of the last line": "Titel;Preis\nBrot;3,50",
    "with the mark of UTF-8": "\ufeffTitel;Preis\nBrot;3,50",
    "with a mark inside": "Titel;Preis\n\ufeffBrot;3,50",
    "UTF-16 with its mark": "Titel;Preis\nBrot;3,50".encode("utf-16"),
    "UTF-16 the other way round": "\ufeffTitel;Preis\nBrot;3,50".encode("utf-16-be"),
    "UTF-16 without a mark": "Titel;Preis\nBrot;3,50".encode("utf-16-le"),
    "UTF-16 the other way round without a mark": "Titel;Preis\nBrot;3,50".encode("utf-16-be"),
    "the separator named for Excel": "sep=;\nTitel;Preis\nBrot;3,50",
    "the separator named for Excel, a tab": "sep=\t\nTitel\tPreis\nBrot\t3,50",
    "all cells in quotes": '"Titel";"Preis"\n"Brot";"3,50"',
    "quotes only where the till liked it": '"Titel";Preis\nBrot;"3,50"',
    "blanks behind the separators": "Titel; Preis\nBrot; 3,50",
    "hard blanks": "Titel;Preis\nBrot\u00a0;\u00a03,50",
    "cells filled up with nothing": "Titel;Preis\nBrot\0\0\0;3,50\0",
    "signs of a till": "Titel;Preis\n\x02Brot\x03;\x1b3,50",
    "texts kept as texts": 'Titel;Preis\n="Brot";="3,50"',
    "empty lines behind": "Titel;Preis\nBrot;3,50\n;\n\n;;;\n   \n",
    "empty lines before": "\n\nTitel;Preis\nBrot;3,50",
    "a title above": "Artikelliste Stand 22.11.2026\n\nTitel;Preis\nBrot;3,50",
    "a title above, filled up": "Meine Kasse 4;\n;\nTitel;Preis\nBrot;3,50",
}


@pytest.mark.parametrize("oddity", TABLES)
def test_a_table_is_read_however_it_was_saved(oddity):
    headers, rows = lines_of(TABLES[oddity])
    assert headers == ["Titel", "Preis"]
    assert [cells[:2] for _line, cells in rows] == [BREAD]


def test_rows_keep_the_lines_people_see():
    text = 'Liste\n\nTitel;Preis;Text\nBrot;1;"a\nb"\n\nKuchen;2;c\n'
    assert [(line, row[0]) for line, row in lines_of(text)[1]] == [(4, "Brot"), (7, "Kuchen")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('Brot;1\n"Kuchen;2\nSaft;3\n', [3]),
        ('Brot;1\n"Kuchen;2\nSaft;3\n"Wein;4\nTee;5', [3, 5]),
        ('"Brot;1\n', [2]),
        ('Brot;1\n"Schraube 5" lang;2\nSaft;3\n', []),
        ('Brot;1\n"Schraube 5"" lang";2\nSaft;3\n', []),
        ('Brot;1\nSchraube 5" lang;2\nSaft;3\n', []),
    ],
)
def test_a_quote_that_is_never_closed_costs_one_row(text, told):
    rows = lines_of(f"Titel;Preis\n{text}")[1]
    reader = Reader(["title", "price"], {})
    understood = [reader.understand(line, row) for line, row in rows]
    assert [row.line for row in understood if row.faults] == told
    assert {row.faults[0][1] for row in understood if row.faults} <= {"quote"}
    assert len(understood) == text.strip().count("\n") + 1


def test_a_cell_over_two_hundred_lines_is_a_quote_nobody_closed():
    text = 'Titel;Preis\n"' + "Zeile\n" * 250 + 'Ende";1\nBrot;3,50\n'
    rows = lines_of(text)[1]
    assert rows[0][0] == 2
    assert rows[-1] == (253, BREAD)
    assert len(rows) == 252


def spreadsheet(fill):
    book, out = openpyxl.Workbook(), io.BytesIO()
    fill(book)
    book.save(out)
    return out.getvalue()


def first_sheet(*rows):
    def fill(book):
        for row in rows:
            book.active.append(row)

    return spreadsheet(fill)


def test_cells_of_a_spreadsheet_read_as_somebody_would_have_typed_them():
    cells_in = [
        5.9,
        4006381333931.0,
        12.0,
        0.19,
        True,
        date(2026, 5, 12),
        "  Käse ",
        5.8999999999999995,
        1234.5,
        -3,
        "007",
        None,
        "Ende",
    ]
    headers, rows = read(first_sheet([f"S{n}" for n in range(13)], cells_in))
    assert len(headers) == 13
    assert rows == [
        (2, ["5,9", "4006381333931", "12", "0,19", "ja", "2026-05-12", "Käse", "5,9", "1234,5", "-3", "007", "", "Ende"]),
    ]  # fmt: skip


def test_formats_of_numbers_do_not_change_what_is_read():
    def fill(book):
        book.active.append(["Titel", "Preis", "EAN"])
        book.active.append(["Brot", 3.5, 4006381333931])
        book.active["B2"].number_format = '#,##0.00 "EUR"'
        book.active["C2"].number_format = "0.00E+00"

    assert read(spreadsheet(fill))[1] == [(2, ["Brot", "3,5", "4006381333931"])]


def test_formulas_count_by_their_result_and_are_told_without_one():
    inside = (
        HEAD
        + '<row r="2"><c r="A2" t="str"><f>"Br"&amp;"ot"</f><v>Brot</v></c><c r="B2"><f>1+2.5</f><v>3.5</v></c></row>'
    )
    inside += '<row r="3"><c r="A3" t="str"><v>Brot</v></c><c r="B3"><f>1+2.5</f></c></row>'
    rows = read(workbook(inside))[1]
    reader = Reader(["title", "price"], {})
    assert [[code for _c, code, _w in reader.understand(line, row).faults] for line, row in rows] == [[], ["formula"]]


def test_hidden_and_empty_sheets_are_passed_over():
    inside = HEAD + '<row r="2"><c r="A2" t="inlineStr"><is><t>Brot</t></is></c><c r="B2"><v>3.5</v></c></row>'
    other = inside.replace("Brot", "Geheim")
    for sheets, states in (
        ((other, inside), ("hidden", "visible")), ((other, "", inside), ("veryHidden", "visible", "visible")),
        ((inside, other), ("visible", "visible")),
    ):  # fmt: skip
        assert read(workbook(*sheets, states=states))[1] == [(2, ["Brot", "3,5"])]


def test_merged_cells_a_title_and_gaps():
    def fill(book):
        for row in (["Preisliste Herbst"], [], ["Titel", "Preis", "Marke"], ["Brot", 3.5, "Eigene"], [], ["Kuchen", 2]):
            book.active.append(row)
        book.active.merge_cells("A1:C1")
        book.active.merge_cells("C4:C6")

    headers, rows = read(spreadsheet(fill))
    assert headers == ["Titel", "Preis", "Marke"]
    assert rows == [(4, ["Brot", "3,5", "Eigene"]), (6, ["Kuchen", "2"])]


def test_texts_in_pieces_escaped_signs_and_reading_aids():
    texts = (
        "<sst><si><r><t>Titel</t></r></si><si><t>Preis</t></si><si><r><t>Br</t></r><r><t xml:space='preserve'>ot </t></r>"
        "<rPh><t>laut</t></rPh></si><si><t>3_x002C_50_x000D__x005F_</t></si></sst>"
    )
    inside = (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c t="s"><v>2</v></c><c t="s"><v>3</v></c></row>'
    )
    assert read(workbook(inside, texts=texts))[1] == [(2, ["Brot", "3_x002C_50\r_"])]


def test_days_are_counted_from_1904_on_where_the_book_says_so():
    styles = '<styleSheet><numFmts><numFmt numFmtId="200" formatCode="dd/mm/yy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs></styleSheet>'
    inside = HEAD + '<row><c t="inlineStr"><is><t>Brot</t></is></c><c s="1"><v>0.5</v></c></row>'
    content = workbook(inside, styles=styles)
    assert read(content)[1][0][1] == ["Brot", "1899-12-30T12:00:00"]
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<sheets>", b'<workbookPr date1904="1"/><sheets>'))
    assert read(made.getvalue())[1][0][1] == ["Brot", "1904-01-01T12:00:00"]


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1.234,56 €", 123456), ("1,234.56", 123456), ("12.-", 1200), ("12,-", 1200), ("12,– €", 1200), ("€ 5", 500), ("5,9", 590), ("5.90", 590),
        ("EUR 0,99", 99), ("0,5", 50), (".50", None), ("5,90 Euro", 590), ("1 234,50", 123450), ("1'234.50", 123450), ("1.234", 123400),
        ("1.234.567", None), ("ab 5", None), ("-3,50", None), ("1e3", None), ("1E+03", None), ("5,999", None), ("5,90 / 6,90", None), ("0", None),
        ("", None), ("gratis", None), ("5,90 USD", None), ("$5", None), ("12,50*", None), ("１２", None), ("NaN", None), ("inf", None), ("5..9", None),
        ("100000", 10_000_000), ("100000,01", None), ("2026-05-12", None), ("2026-05-12T00:00:00", None),
    ],
)  # fmt: skip
def test_prices_as_they_are_written(text, cents):
    if cents is None:
        with pytest.raises(Fault) as fault:
            cells.price(text)
        assert fault.value.message
        assert fault.value.code in {"price", "price-range", "price-date"}
    else:
        assert cells.price(text).cents == cents


@pytest.mark.parametrize(
    ("text", "unit", "found"),
    [
        ("2 x 250 g", "", (500, "g")), ("0,75l", "", ("0.75", "l")), ("6er Pack", "", (6, "piece")), ("6er-Pack", "", (6, "piece")),
        ("6er Pack 0,33 l", "", ("1.98", "l")), ("12er Kiste: 0,7 l", "", ("8.4", "l")), ("4 Stück à 125 g", "", (500, "g")),
        ("3 à 80 ml", "", (240, "ml")), ("6 Fl. à 0,75 l", "", ("4.5", "l")), ("6*0,5L", "", (3, "l")), ("10 Stk.", "", (10, "piece")),
        ("250", "g", (250, "g")), ("250", "G", (250, "g")), ("0.25", "KG", ("0.25", "kg")), ("1,5 m", "", ("1.5", "m")), ("2 m²", "", (2, "m2")),
        ("1 cbm", "", (1, "m3")), ("ca. 500 g", "", None), ("ein Pfund", "", None), ("0 g", "", None), ("-5 g", "", None), ("250", "", None),
        ("250 Gallonen", "", None), ("9999999 g", "", None), ("6er Pack viel", "", None), ("0er Pack 5 g", "", None),
    ],
)  # fmt: skip
def test_contents_as_they_are_written(text, unit, found):
    if found is None:
        with pytest.raises(Fault):
            cells.content(text, unit)
    else:
        amount, measure = cells.content(text, unit)
        assert (amount, measure) == (pytest.approx(type(amount)(str(found[0]))), found[1])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4 006381 333931", "4006381333931"), ("4006381333931.0", "4006381333931"), ("4006381333931,0", "4006381333931"),
        ("400-6381-333931", "4006381333931"), ("036000291452", "0036000291452"), ("36000291452", "0036000291452"), ("00036000291452", "0036000291452"), ("96385074", "96385074"),
        ("14006381333938", "14006381333938"), ("978-3-16-148410-0", "9783161484100"), ("3-16-148410-X", "9783161484100"),
        ("316148410X", "9783161484100"), ("3161484101", None), ("4.00638E+12", None), ("4,00638133E+12", None), ("1234567", None),
        ("4006381333930", None), ("400638133393112", None), ("ABCDEFGH", None), ("4006381333931;4006381333931", None),
    ],
)  # fmt: skip
def test_barcodes_as_they_are_written(text, found):
    if found is None:
        with pytest.raises(Fault):
            cells.gtin(text)
    else:
        assert cells.gtin(text) == found


SOFTWARE = {
    "Shopify": (
        "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Variant SKU,Variant Grams,Variant Inventory Qty,"
        "Variant Price,Variant Compare At Price,Variant Barcode,Image Src,Status,Cost per item",
        {"sku": "Variant SKU", "title": "Title", "description": "Body (HTML)", "brand": "Vendor", "stock": "Variant Inventory Qty",
         "price": "Variant Price", "gtin": "Variant Barcode", "picture": "Image Src", "category": "Product Category"},
    ),
    "WooCommerce, English": (
        'ID,Type,SKU,"GTIN, UPC, EAN, or ISBN",Name,Published,Is featured?,Visibility in catalog,Short description,Description,'
        "Date sale price starts,Date sale price ends,Tax status,Tax class,In stock?,Stock,Low stock amount,Weight (kg),Sale price,"
        "Regular price,Categories,Tags,Images",
        {"sku": "SKU", "gtin": "GTIN, UPC, EAN, or ISBN", "title": "Name", "description": "Description", "vat": "Tax class", "stock": "Stock",
         "price": "Regular price", "category": "Categories", "picture": "Images", "visible": "Published"},
    ),
    "WooCommerce, German": (
        'ID,Typ,Artikelnummer,"GTIN, UPC, EAN oder ISBN",Name,Veröffentlicht,Sichtbarkeit im Katalog,Kurzbeschreibung,Beschreibung,'
        "Steuerstatus,Steuerklasse,Vorrätig?,Lager,Geringe Lagermenge,Gewicht (kg),Angebotspreis,Regulärer Preis,Kategorien,Bilder",
        {"sku": "Artikelnummer", "gtin": "GTIN, UPC, EAN oder ISBN", "title": "Name", "description": "Beschreibung", "vat": "Steuerklasse",
         "stock": "Lager", "price": "Regulärer Preis", "category": "Kategorien", "picture": "Bilder", "visible": "Veröffentlicht"},
    ),
    "Shopware": (
        "ordernumber;mainnumber;name;supplier;tax;price_EK;pseudoprice_EK;active;instock;description;description_long;ean",
        {"sku": "ordernumber", "title": "name", "brand": "supplier", "vat": "tax", "price": "price_EK", "visible": "active",
         "stock": "instock", "gtin": "ean", "description": "description"},
    ),
    "Shopware 6": (
        "id;parent_id;product_number;active;stock;name;description;price_net;price_gross;tax_id;tax_rate;cover_media_url;manufacturer_name;categories",
        {"sku": "product_number", "title": "name", "stock": "stock", "price": "price_gross", "vat": "tax_rate", "picture": "cover_media_url",
         "brand": "manufacturer_name", "category": "categories"},
    ),
    "JTL": (
        "Artikelnummer;Artikelname;GTIN;HAN;Std. VK Netto;Std. VK Brutto;EK Netto;UVP;Lagerbestand Gesamt;Mindestbestand;Hersteller;"
        "Steuerklasse;Kategorie Ebene 1;Kategorie Ebene 2;Beschreibung;Kurzbeschreibung;Titel-Tag (SEO)",
        {"sku": "Artikelnummer", "title": "Artikelname", "gtin": "GTIN", "price": "Std. VK Brutto", "stock": "Lagerbestand Gesamt",
         "brand": "Hersteller", "vat": "Steuerklasse", "category": "Kategorie Ebene 1", "description": "Beschreibung"},
    ),
    "Lightspeed": (
        "System ID,UPC,EAN,Custom SKU,Manufact. SKU,Item,Qty.,Price,Default Cost,Tax Class,Brand,Category",
        {"sku": "Custom SKU", "gtin": "EAN", "stock": "Qty.", "price": "Price", "vat": "Tax Class", "brand": "Brand", "category": "Category"},
    ),
    "a till": (
        "Art.-Nr.;Strichcode;Bezeichnung 1;Bezeichnung 2;Warengruppe;EK-Preis netto;VK-Preis brutto;MwSt.-Satz;Bestand;Meldebestand;Grundpreis;Inhalt (ml)",
        {"sku": "Art.-Nr.", "gtin": "Strichcode", "title": "Bezeichnung 1", "category": "Warengruppe", "price": "VK-Preis brutto",
         "vat": "MwSt.-Satz", "stock": "Bestand", "content": "Inhalt (ml)"},
    ),
    "a bookseller": (
        "ISBN;Autor;Titel;Verlag;Ladenpreis;Menge auf Lager;Nettopreis",
        {"gtin": "ISBN", "title": "Titel", "brand": "Verlag", "price": "Ladenpreis", "stock": "Menge auf Lager"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("software", SOFTWARE)
def test_the_columns_of_known_software_are_known(software):
    line, wanted = SOFTWARE[software]
    headers = read(f"{line}\nx\n".encode())[0]
    found = {name: header for name, header in zip(guess(headers), headers, strict=True) if name}
    assert {name: found.get(name, "") for name in wanted} == wanted
    assert not {"price", "stock"} & {name for name, header in found.items() if name not in wanted and header}


@pytest.mark.parametrize(
    "header",
    ["Preis netto", "EK", "Einkaufspreis", "Nettopreis", "Grundpreis je kg", "Streichpreis", "Sale price", "Cost price", "Rabattpreis", "Preisgruppe"],
)  # fmt: skip
def test_a_price_nobody_pays_is_never_taken_for_the_price(header):
    assert guess([header, "Titel"]) == ["", "title"]


@pytest.mark.parametrize(
    ("header", "unit"),
    [("Gewicht (kg)", "kg"), ("Inhalt [ml]", "ml"), ("Füllmenge in g", "g"), ("Inhalt", ""), ("Fläche (m²)", "m²"), ("Menge (Karton)", "")],
)  # fmt: skip
def test_a_unit_in_the_name_of_a_column_holds_for_its_cells(header, unit):
    assert unit_in(header) == unit
    row = Reader(["title", "price", "content"], {}, ["Titel", "Preis", header]).understand(2, ["Brot", "1", "0,5"])
    assert bool(row.faults) != bool(unit)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<p>Saftig &amp; frisch</p><p>Aus&nbsp;Dinkel</p>", "Saftig & frisch\nAus Dinkel"), ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>eins</li><li>zwei</li></ul>", "eins\nzwei"), ("<script>alert(1)</script><p>gut</p>", "gut"),
        ("<p>x</p><style>p{color:red}</style>", "x"), ("<p onclick='x()'>y</p>", "y"), ("5 < 6 und 7 > 3", "5 < 6 und 7 > 3"),
        ("a <b und c", "a <b und c"), ("R&D &amp; mehr", "R&D &amp; mehr"), ("", ""), ("<p>&lt;b&gt;</p>", "<b>"),
    ],
)  # fmt: skip
def test_a_description_written_as_html_becomes_what_a_reader_sees(text, shown):
    assert without_tags(text) == shown


@pytest.mark.parametrize(
    "cell",
    ['=HYPERLINK("https://böse.example","hier")', "+49 7032 1", "-3 Grad", "@SUM(A1)", "=1+1", "\t=1", "'=1", "harmlos", '="x"', ""],
)  # fmt: skip
def test_what_we_write_no_spreadsheet_computes_and_we_read_it_as_it_was(cell):
    written = harmless(cell)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert as_meant(written) == cell or cell == "'=1"


ODD_ROWS = """Artikelnummer;Titel;Preis;Bestand;Titel;EAN;Kategorie;Rückgabe
A1;Vase;12,90;3;egal;4006381333931;Romane und Erzählungen;ja
A2;Buch;1.234,56 €;;egal;;Romane und Erzählungen;ja
A3;"Heft;2,00;1;;;Romane und Erzählungen;ja
A4;Krimi;ab 5;1;;;Romane und Erzählungen;ja
A5;Roman;12.-;2;;9783161484100.0;Romane und Erzählungen;ja

A6;;1,00;1;;;Romane und Erzählungen;ja
A7;Atlas;-3;1;;;Romane und Erzählungen;ja
A1;Vase;12,90;3;;;Romane und Erzählungen;ja
A8;"Karte
gefaltet";5;1;"Text";;Romane und Erzählungen;ja
"""


def test_every_row_is_told_by_its_line_and_nothing_is_lost(bakery, erna):
    run = actions.take_file(shop=bakery, name="kasse.csv", file=io.BytesIO(ODD_ROWS.encode()), by=erna)
    assert [row[0] for row in run.samples] == ["A1", "A2", "A4"]  # the broken one is no sample
    run = actions.run_now(run=run, dry=False, by=erna)
    told = {row.line: [code for _c, code, _w in row.faults] for row in run.rows.filter(outcome="faulty")}
    assert told == {4: ["quote"], 5: ["price"], 8: ["title"], 9: ["price-range"], 10: ["duplicate"]}
    assert (run.state, run.created, run.faulty, run.seen) == (Import.DONE, 4, 5, 9)
    assert list(Offer.objects.order_by("sku").values_list("sku", "title")) == [
        ("A1", "Vase"), ("A2", "Buch"), ("A5", "Roman"), ("A8", "Karte gefaltet"),
    ]  # fmt: skip
    assert all(row.faults[0][2].strip() for row in run.rows.filter(outcome="faulty"))


def test_a_spreadsheet_that_breaks_off_keeps_what_came_before_and_says_so(bakery, erna):
    rows = "".join(f'<row><c t="inlineStr"><is><t>Brot {n}</t></is></c><c><v>1</v></c></row>' for n in range(700))
    content = workbook(HEAD + rows + '<row><c t="s"><v>9</v></c></row>')
    run = actions.take_file(shop=bakery, name="kasse.xlsx", file=io.BytesIO(content), by=erna)
    run = actions.run_now(run=run, dry=False, by=erna)
    assert (run.state, run.created) == (Import.BROKEN, 500)
    assert run.problem


def test_what_is_refused_leaves_nothing_behind(bakery, erna):
    for content in (b"", b"\0\0\0\0", b"PK\x03\x04", b"<html/>"):
        with pytest.raises(tables.Unreadable):
            actions.take_file(shop=bakery, name="x.csv", file=io.BytesIO(content), by=erna)
    assert not Import.objects.exists()
