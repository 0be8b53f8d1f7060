"""Files that somebody made to break us: each is refused in words for people, or read in part, and none of them takes memory or time."""

import io
import struct
import time
import tracemalloc
import zipfile

import pytest
from django.utils.translation import override

from stadtplatz.catalogue.imports import tables

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
LINK = (
    '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>'
)
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{}</sheets></workbook>'
)
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>Titel</t></is></c><c r="B1" t="inlineStr"><is><t>Preis</t></is></c></row>'
BREAD = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>Brot</t></is></c><c r="B{0}"><v>3.5</v></c></row>'
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def workbook(*sheets, texts="", styles="", states=(), more=None, link=None, before=""):
    """An Excel file by hand: the inside of each sheet, and what else is wanted."""
    made = io.BytesIO()
    names = [f"sheet{number}" for number in range(1, len(sheets) + 1)]
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", RELS.format(LINK.format("r", "officeDocument", "xl/workbook.xml")))
        links = [LINK.format(f"r{name}", "worksheet", link or f"worksheets/{name}.xml") for name in names]
        links += [LINK.format("t", "sharedStrings", "sharedStrings.xml"), LINK.format("s", "styles", "styles.xml")]
        archive.writestr("xl/_rels/workbook.xml.rels", RELS.format("".join(links)))
        said = ((name, (states or ["visible"] * len(names))[number]) for number, name in enumerate(names))
        book = "".join(f'<sheet name="{name}" sheetId="1" state="{state}" r:id="r{name}"/>' for name, state in said)
        archive.writestr("xl/workbook.xml", BOOK.format(book))
        for name, inside in zip(names, sheets, strict=True):
            archive.writestr(f"xl/worksheets/{name}.xml", before + SHEET.format(inside))
        if texts:
            archive.writestr("xl/sharedStrings.xml", texts)
        if styles:
            archive.writestr("xl/styles.xml", styles)
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return made.getvalue()


def read(content):
    """The names of the columns and all rows."""
    with tables.opened(io.BytesIO(content)) as table:
        return table.headers, list(table.rows)


def cheaply(content, most=40_000_000, seconds=20):
    """The same, or the words of a refusal; neither with much memory nor for long."""
    with tables.opened(io.BytesIO(b"Titel;Preis\nBrot;1")) as table:  # what is loaded once does not count
        list(table.rows)
    start = time.process_time()
    tracemalloc.start()
    try:
        with tables.opened(io.BytesIO(content)) as table:
            found = sum(1 for _row in table.rows)
    except tables.Unreadable as refused:
        found = str(refused)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < most, f"{peak / 1e6:.0f} MB"
    assert time.process_time() - start < seconds
    return found


def lying(content, name, size):
    """The archive says of one entry that it unpacks to so little."""
    data = bytearray(content)
    place = data.rfind(name.encode()) - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    data[place + 24 : place + 28] = struct.pack("<I", size)
    return bytes(data)


BOMB = workbook(HEAD + BREAD.format(2), texts="<sst>" + " " * 30_000_000 + "</sst>")
ATTACKS = {
    "texts that unpack to gigabytes": (BOMB, 1),
    "an archive that lies about its size": (
        lying(workbook(HEAD + BREAD.format(2) * 3000), "xl/worksheets/sheet1.xml", 100),
        "opened",
    ),
    "entities within entities": (workbook(HEAD, before=ENTITIES), "opened"),
    "an entity from the disk": (workbook(HEAD, before=OUTSIDE), "opened"),
    "entities among the texts": (workbook(HEAD, texts=ENTITIES + "<sst><si><t>&b;</t></si></sst>"), "opened"),
    "tags within each other": (workbook(HEAD + "<row>" + "<a>" * 100_000), "opened"),
    "a tag without end": (workbook(HEAD + f'<row x="{"y" * 5_000_000}'), "opened"),
    "a text of ten million signs": (
        workbook(f'{HEAD}<row r="2"><c r="A2" t="inlineStr"><is><t>{"x" * 10_000_000}</t></is></c></row>'),
        1,
    ),
    "a text in fifty thousand parts": (
        workbook(HEAD + '<row r="2"><c r="A2" t="inlineStr"><is>' + "<t>x</t>" * 50_000 + "</is></c></row>"),
        1,
    ),
    "a row with fifty thousand cells": (workbook(HEAD + '<row r="2">' + "<c><v>1</v></c>" * 50_000 + "</row>"), 1),
    "the last row there is": (workbook(HEAD + BREAD.format(1_048_576)), 1),
    "a row far beyond the last": (workbook(HEAD + BREAD.format(99_999_999)), "opened"),
    "rows that go backwards": (workbook(HEAD + BREAD.format(5) + BREAD.format(2) + BREAD.format(2)), 3),
    "cells that mean texts which are not there": (
        workbook(f'{HEAD}<row r="2"><c r="A2" t="s"><v>77</v></c></row>'),
        "opened",
    ),
    "a cell with a text number below nothing": (
        workbook(f'{HEAD}<row r="2"><c r="A2" t="s"><v>-1</v></c></row>'),
        "opened",
    ),
    "a sheet that is not there": (workbook(HEAD, link="worksheets/andere.xml"), "empty"),
    "a sheet outside the archive": (workbook(HEAD, link="../../../etc/passwd"), "empty"),
    "no sheets at all": (workbook(), "empty"),
    "an archive of something else": (b"PK\x03\x04" + b"\0" * 200, "opened"),
    "half an archive": (workbook(HEAD + BREAD.format(2) * 2000)[:1200], "opened"),
    "an attribute per column, for ever": (
        workbook("<row>" + "".join(f'<c t="inlineStr"><is><t>S{n}</t></is></c>' for n in range(500)) + "</row>"),
        "too many columns",
    ),
    "one line of thirty million signs": (b"Titel;Preis\n" + b"x" * 30_000_000 + b"\nBrot;1,00\n", 2),
    "a quoted cell of ten million signs": (b'Titel;Preis\n"' + b"x" * 10_000_000 + b'";1,00\nBrot;1,00\n', 2),
    "quotes that open in every line": (b"Titel;Preis\n" + b'"Brot;1,00\n' * 3001, 3001),
    "only quotes": (b"Titel;Preis\n" + b'"' * 200_001, 1),
    "only separators": (b";" * 100_000 + b"\n" + b";" * 100_000, "empty"),
    "a thousand columns": (b";".join(b"S%d" % n for n in range(1000)) + b"\n1\n", "too many columns"),
    "only nothing": (b"\0" * 1_000_000, "empty"),
    "a feed of tags within each other": (b"<rss>" + b"<a>" * 1_000_000, "XML"),
    "a feed whose item never ends": (b"<rss><item>" + b"<a/>" * 300_000, "XML"),
    "a feed with a title of ten million signs": (
        b"<rss><item><title>" + b"x" * 10_000_000 + b"</title></item></rss>",
        1,
    ),
    "a feed in a tongue nobody knows": (b"<?xml version='1.0' encoding='x-klingon'?><rss><item/></rss>", "XML"),
    "a feed with entities": (ENTITIES.encode() + b"<rss><item><title>&b;</title></item></rss>", "XML"),
    "a feed with entities, in UTF-16": ((ENTITIES + "<rss><item/></rss>").encode("utf-16"), "XML"),
    "a page instead of a feed": (b"<html><body>Bitte anmelden</body></html>", "no product"),
}
SAID = {
    "opened": "This file cannot be opened. Please save it again as .xlsx or CSV.",
    "empty": "The file is empty. The first line names the columns.",
    "XML": "This XML file is broken. Please make the feed anew.",
    "no product": "There is no product in this file.",
    "too many columns": "There are too many columns. At most 300 are read.",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_file_takes_much_memory_or_breaks_the_reader(attack):
    content, expected = ATTACKS[attack]
    with override("en"):
        found = cheaply(content)
    assert found == SAID.get(expected, expected)
