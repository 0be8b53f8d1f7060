"""A file of 100,000 offers taken in, taken in again with other prices, written out, and undone: time, rows a second, memory.

    python -m benchmarks.catalogue_import [--rows 100000] [--ending csv|xlsx]
    python -m benchmarks.catalogue_import --reading [--rows 100000]

The second one only reads: a workbook as Excel writes it, with all texts in one shared list, through our reader and through openpyxl's.

The file is made by a seed. It goes through the same code as the page and the command. The memory of each step is the most this
process had of its own while it lasted; a database file that is mapped into memory belongs to the machine and does not count.
"""

import argparse
import io
import os
import random
import threading
import time
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import scratch

WORDS = [
    "Brot",
    "Kuchen",
    "Honig",
    "Käse",
    "Saft",
    "Wein",
    "Tee",
    "Seife",
    "Kerze",
    "Vase",
    "Buch",
    "Heft",
    "Schraube",
    "Dübel",
    "Lampe",
    "Tasse",
    "Teller",
    "Schal",
    "Mütze",
    "Socken",
    "Puzzle",
    "Ball",
    "Kreide",
    "Farbe",
    "Pinsel",
    "Topf",
    "Pfanne",
    "Messer",
    "Brett",
    "Korb",
    "Tasche",
    "Gürtel",
    "Hemd",
    "Jacke",
    "Schuh",
    "Stiefel",
    "Kissen",
    "Decke",
]
MAKES = [
    "Musterkorn",
    "Beispiel",
    "Probelaib",
    "Seitenweise",
    "Erdacht",
    "Fiktiv",
    "Platzhalter",
    "Irgendwo",
    "Ausgedacht",
    "Nirgendheim",
]


def lines(rows: int, seed: int, raised: int = 0):
    """The cells of so many offers; `raised` cents more for every tenth."""
    from stadtplatz.catalogue.categories import all_categories
    from stadtplatz.catalogue.imports.cells import check_digit

    dice = random.Random(seed)
    names = [
        one.de for one in all_categories().values() if one.parent and not one.food and not one.age and not one.wants
    ]
    yield [
        "Artikelnummer",
        "EAN",
        "Bezeichnung",
        "Beschreibung",
        "Kategorie",
        "Preis",
        "MwSt",
        "Bestand",
        "Inhalt",
        "Rückgabe",
        "Herstellerangaben",
    ]
    for number in range(rows):
        body = f"40{number:010d}"
        title = f"{dice.choice(MAKES)} {dice.choice(WORDS)} {dice.choice(WORDS)} {number}"
        cents = dice.randint(99, 19_999) + (raised if number % 10 == 0 else 0)
        text = " ".join(dice.choices(WORDS, k=12))
        price = f"{cents // 100},{cents % 100:02d}"
        yield [
            f"A{number}", body + check_digit(body), title, text, dice.choice(names), price, "19", str(dice.randint(0, 40)),
            f"{dice.randint(50, 900)} g", "ja", "Erdacht GmbH, Weg 1, 71083 Musterstadt",
        ]  # fmt: skip


def write(path: Path, rows: int, ending: str, raised: int = 0) -> None:
    if ending == "csv":
        with path.open("w", encoding="cp1252", newline="") as file:
            file.writelines(";".join(cells) + "\r\n" for cells in lines(rows, 7, raised))
        return
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for cells in lines(rows, 7, raised):
        sheet.append(cells)
    book.save(path)


def write_shared(path: Path, rows: int) -> None:
    """As Excel writes it: each different text once, in a list apart."""
    known: dict[str, int] = {}
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f'<worksheet xmlns="{main}"><sheetData>'.encode())
            for cells in lines(rows, 7):
                row = "".join(f'<c t="s"><v>{known.setdefault(cell, len(known))}</v></c>' for cell in cells)
                part.write(f"<row>{row}</row>".encode())
            part.write(b"</sheetData></worksheet>")
        with archive.open("xl/sharedStrings.xml", "w") as part:
            part.write(f'<sst xmlns="{main}">'.encode())
            part.writelines(f"<si><t>{text}</t></si>".encode() for text in known)
            part.write(b"</sst>")
        link = '<Relationship Id="{}" Type="' + office + '/{}" Target="{}"/>'
        frame = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
        archive.writestr("_rels/.rels", frame.format(link.format("a", "officeDocument", "xl/workbook.xml")))
        links = link.format("b", "worksheet", "worksheets/sheet1.xml") + link.format(
            "c", "sharedStrings", "sharedStrings.xml"
        )
        archive.writestr("xl/_rels/workbook.xml.rels", frame.format(links))
        sheet = f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="A" sheetId="1" r:id="b"/></sheets></workbook>'
        archive.writestr("xl/workbook.xml", sheet)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
        parts = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet", "sharedStrings": "sharedStrings"}
        told = "".join(
            f'<Override PartName="/xl/{name}.xml" ContentType="{kind}{of}+xml"/>' for name, of in parts.items()
        )
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{told}</Types>',
        )


def read_only(rows: int) -> None:
    from stadtplatz.catalogue.imports import tables

    def ours(path: Path) -> int:
        with path.open("rb") as file, tables.opened(file) as table:
            return sum(1 for _row in table.rows)

    def theirs(path: Path) -> int:
        import openpyxl

        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        return sum(1 for _row in book.worksheets[0].iter_rows(values_only=True)) - 1

    with TemporaryDirectory() as folder:
        path = Path(folder) / "offers.xlsx"
        write_shared(path, rows)
        print(f"{path.stat().st_size / 1e6:.1f} MB of Excel with shared texts")
        for name, read in (("read by us", ours), ("read by openpyxl", theirs)):
            counted = measured(name, rows, lambda read=read: read(path))
            assert counted == rows, counted


def own_memory() -> float:
    """What this process has of its own right now, in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return int(line.split()[1]) / 1024
    return 0.0


class Most:
    """The most memory of its own the process had while this was open."""

    def __enter__(self) -> "Most":
        self.most, self._over = own_memory(), threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()
        return self

    def _look(self) -> None:
        while not self._over.wait(0.05):
            self.most = max(self.most, own_memory())

    def __exit__(self, *_error) -> None:
        self._over.set()
        self._watch.join()


def measured(name: str, rows: int, work):
    before, start, cpu = own_memory(), time.perf_counter(), time.process_time()
    with Most() as memory:
        result = work()
    seconds = time.perf_counter() - start
    print(
        f"  {name}: {seconds:.1f} s ({rows / seconds:,.0f} rows/s, {time.process_time() - cpu:.1f} s CPU), "
        f"memory {before:.0f}, at most {memory.most:.0f} MB",
        flush=True,
    )
    return result


def run(rows: int, ending: str) -> None:
    from stadtplatz.catalogue import actions
    from stadtplatz.catalogue.actions import imports
    from stadtplatz.catalogue.models import Offer
    from stadtplatz.kit.actors import SYSTEM
    from stadtplatz.kit.identity import set_identity
    from stadtplatz.shops.tests.builders import shop

    set_identity({"slug": "musterstadt", "name": "Musterstadt", "long_name": "Musterstadt", "land": "BW"})
    seller = shop()
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{scratch.engine()}: {rows:,} rows as {ending}, load of the machine {load}")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"offers.{ending}"

        def take(dry: bool = False):
            with io.BytesIO(path.read_bytes()) if rows < 1000 else path.open("rb") as file:
                taken = actions.take_file(shop=seller, name=path.name, file=file, by=SYSTEM)
            return actions.run_now(run=taken, dry=dry, by=SYSTEM)

        write(path, min(rows, 2000), ending)
        measured("2,000 to warm up, tried out", 2000, lambda: take(dry=True))
        write(path, rows, ending)
        measured("tried out", rows, lambda: take(dry=True))
        done = measured("taken in", rows, take)
        print(f"  {done.created:,} new, {done.faulty} faulty, {done.hinted} hints, {Offer.objects.count():,} offers")
        write(path, rows, ending, raised=50)
        again = measured("every tenth dearer", rows, take)
        print(f"  {again.changed:,} changed, {again.unchanged:,} as before")
        for kind in ("csv", "xlsx"):
            out = Path(folder) / f"out.{kind}"
            measured(f"written as {kind}", rows, lambda out=out: export(seller, out))
            print(f"  {out.stat().st_size / 1e6:.1f} MB")
        for name, one in (("every tenth as before", again), ("undone whole", done)):
            actions.undo(run=one, by=SYSTEM)
            measured(name, one.changed + one.created, lambda one=one: imports.work(one.pk))
        print(f"  {Offer.objects.count():,} offers left")


def export(seller, path: Path) -> None:
    from django.core.management import call_command

    call_command("catalogue", "export", str(path), shop=seller.slug)


def main() -> None:
    scratch.everywhere("catalogue_import")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--ending", choices=["csv", "xlsx"], default="csv")
    options.add_argument("--reading", action="store_true", help="only read, and compare")
    chosen = options.parse_args()
    with scratch.town():
        read_only(chosen.rows) if chosen.reading else run(chosen.rows, chosen.ending)
