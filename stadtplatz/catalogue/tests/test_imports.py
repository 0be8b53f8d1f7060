import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.audit.models import Record
from stadtplatz.catalogue import actions, queries, rules
from stadtplatz.catalogue.actions import imports
from stadtplatz.catalogue.imports import exporting, tables, writing
from stadtplatz.catalogue.imports.columns import signature
from stadtplatz.catalogue.models import ColumnMapping, Import, Offer
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit import clock, jobs
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.money import Money
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.pools import actions as pools
from stadtplatz.pools import queries as levels
from stadtplatz.search import queries as search
from stadtplatz.shops.tests.builders import owner, person, shop
from stadtplatz.shops.tests.test_pages import signed_in

HEAD = "Artikelnummer;EAN;Bezeichnung;Kategorie;VK brutto;Bestand;Inhalt;Rückgabe;Allergene;Zutaten"
GOOD = "B1;4006381333931;Dinkelbrot;Brot;5,90;12;750 g;verderblich;Dinkel (Weizen);Dinkelmehl, Wasser, Salz"
BOOK = "B2;;Der Marktplatz im Nebel;Romane und Erzählungen;22,00;6;;ja;;"


def file_of(*lines, head=HEAD, encoding="utf-8", mark=b""):
    return io.BytesIO(mark + "\r\n".join([head, *lines]).encode(encoding))


def taken(bakery, by, *lines, dry=False, file=None, **more):
    run = actions.take_file(shop=bakery, name="kasse.csv", file=file or file_of(*lines, **more), by=by)
    return actions.run_now(run=run, dry=dry, by=by)


def counts(run):
    return run.created, run.changed, run.unchanged, run.faulty


def stock_of(one):
    return levels.available([rules.stock_key(one)])[rules.stock_key(one)]


def test_a_file_brings_offers_on_sale_with_stock_price_and_search(bakery, erna):
    run = taken(bakery, erna, GOOD, BOOK)
    assert (run.state, counts(run)) == (Import.DONE, (2, 0, 0, 0))
    loaf = Offer.objects.get(sku="B1")
    assert (loaf.gtin, loaf.price, loaf.category, loaf.vat_class) == ("4006381333931", Money(590), "bread", "reduced")
    assert (loaf.state, stock_of(loaf), loaf.withdrawal) == (Offer.PUBLISHED, 12, "perishable")
    assert queries.price_view(loaf).unit_price_text == "7,87 € je kg"
    assert [span.price for span in queries.intervals(loaf)] == [Money(590)]
    assert search.find("Dinkelbrot").hits[0].title == "Dinkelbrot"
    assert Record.objects.filter(verb="catalogue.imported").count() == 1


def test_the_same_file_again_changes_nothing(bakery, erna):
    taken(bakery, erna, GOOD, BOOK)
    before = list(Offer.objects.order_by("pk").values())
    assert counts(taken(bakery, erna, GOOD, BOOK)) == (0, 0, 2, 0)
    assert list(Offer.objects.order_by("pk").values()) == before


def test_a_changed_file_changes_price_stock_and_history(bakery, erna):
    taken(bakery, erna, GOOD, BOOK)
    run = taken(bakery, erna, GOOD.replace("5,90", "6,20").replace(";12;", ";9;"), BOOK)
    assert counts(run) == (0, 1, 1, 0)
    loaf = Offer.objects.get(sku="B1")
    assert (loaf.price, stock_of(loaf)) == (Money(620), 9)
    assert [span.price.cents for span in queries.intervals(loaf)] == [590, 620]


def test_a_trial_says_everything_and_saves_nothing(bakery, erna):
    loaf = offer(bakery, erna, title="Dinkelbrot")
    before = Offer.objects.filter(pk=loaf.pk).values().get()
    run = taken(bakery, erna, GOOD, BOOK, "B3;;;Brot;1,00;1;;;;", dry=True)
    assert (run.state, counts(run)) == (Import.CHECKED, (1, 1, 0, 1))
    assert Offer.objects.filter(pk=loaf.pk).values().get() == before
    assert Offer.objects.count() == 1
    assert counts(actions.run_now(run=run, dry=False, by=erna)) == (1, 1, 0, 1)


FAULTS = [
    ("B9;;Brot;Brot;1,00;1;1 kg;verderblich;x;y;zu viel", "columns"),
    ("B9;;;Brot;1,00;1;;ja;;", "title"),
    (f"B9;;{'B' * 121};Brot;1,00;1;;ja;;", "title-long"),
    ("B9;;Brot;Brot;;1;;ja;;", "price-missing"),
    ("B9;;Brot;Brot;auf Anfrage;1;;ja;;", "price"),
    ("B9;;Brot;Brot;1,999;1;;ja;;", "price"),
    ("B9;;Brot;Brot;0,00;1;;ja;;", "price-range"),
    ("B9;;Brot;Brot;200000;1;;ja;;", "price-range"),
    ("B9;4006381333932;Brot;Brot;1,00;1;;ja;;", "gtin-check"),
    ("B9;4,00638E+12;Brot;Brot;1,00;1;;ja;;", "gtin-rounded"),
    ("B9;123;Brot;Brot;1,00;1;;ja;;", "gtin"),
    ("B9;;Brot;Broot;1,00;1;;ja;;", "category"),
    ("B9;;Brot;Brot;1,00;viele;;ja;;", "stock"),
    ("B9;;Brot;Brot;1,00;-3;;ja;;", "stock"),
    ("B9;;Brot;Brot;1,00;1,5;;ja;;", "stock"),
    ("B9;;Brot;Brot;1,00;1;ein Laib;ja;;", "content"),
    ("B9;;Brot;Brot;1,00;1;1 kg;vielleicht;;", "withdrawal"),
    ("B1;;Noch ein Brot;Brot;1,00;1;;ja;;", "duplicate"),
]


def test_every_kind_of_fault_is_told_with_its_line_and_the_rest_goes_on(bakery, erna):
    run = taken(bakery, erna, GOOD, *(line for line, _code in FAULTS), BOOK)
    assert counts(run) == (2, 0, 0, len(FAULTS))
    told = {row.line: [code for _column, code, _words in row.faults] for row in run.rows.filter(outcome="faulty")}
    assert told == {line: [code] for line, (_text, code) in enumerate(FAULTS, 3)}
    assert len({code for _line, code in FAULTS}) >= 12
    assert all(words for row in run.rows.filter(outcome="faulty") for _column, _code, words in row.faults)
    assert set(Offer.objects.values_list("sku", flat=True)) == {"B1", "B2"}


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("MwSt", "16", "vat"), ("Alter", "21", "age"), ("Sichtbar", "manchmal", "yes-no"), ("Verkaufsart", "geliehen", "kind"),
        ("Bild", "http://example.org/a.jpg", "picture"), ("Bild", "ftp://example.org/a.jpg", "picture"),
        ("Pfand", "etwas", "price"), ("Abtropfgewicht", "viel", "content"),
    ],
)  # fmt: skip
def test_faults_of_rarer_columns_are_told(bakery, erna, column, cell, code):
    run = taken(bakery, erna, f"Brot;1,00;{cell}", head=f"Titel;Preis;{column}")
    assert [row.faults[0][1] for row in run.rows.all()] == [code]
    assert not Offer.objects.exists()


def test_a_near_category_is_proposed(bakery, erna):
    run = taken(bakery, erna, "B9;;Brot;Broot;1,00;1;;ja;;")
    assert run.rows.get().faults[0][2].endswith("Meinten Sie „Brot“?")


def test_what_lacks_something_becomes_a_draft_with_a_hint(bakery, erna):
    run = taken(bakery, erna, "B1;;Dinkelbrot;Brot;5,90;12;750 g;verderblich;;")
    assert (counts(run), run.hinted) == ((1, 0, 0, 0), 1)
    assert Offer.objects.get().state == Offer.DRAFT
    assert run.rows.get().faults[0][1] == "incomplete"


def test_an_offer_that_the_file_makes_incomplete_goes_off_sale_with_a_hint(bakery, erna):
    taken(bakery, erna, GOOD)
    run = taken(bakery, erna, GOOD.replace("Dinkel (Weizen)", ""))
    assert run.hinted == 1
    assert Offer.objects.get().state == Offer.WITHDRAWN
    assert [span.ends_at is None for span in queries.intervals(Offer.objects.get())] == [False]


def test_what_somebody_took_off_sale_stays_off_unless_the_file_says_so(bakery, erna):
    taken(bakery, erna, GOOD)
    actions.withdraw(offer=Offer.objects.select_related("shop").get(), by=erna)
    taken(bakery, erna, GOOD.replace("5,90", "6,00"))
    assert Offer.objects.get().state == Offer.WITHDRAWN
    taken(bakery, erna, f"{GOOD};ja", head=f"{HEAD};Sichtbar")
    assert Offer.objects.get().state == Offer.PUBLISHED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_any_usual_encoding_and_separator(bakery, erna, encoding, separator):
    lines = [f'Käsespätzle{separator}"4,90"', f'"Brötchen{separator} groß"{separator}"0,85"']
    run = taken(bakery, erna, *lines, head=f"Titel{separator}Preis", encoding=encoding)
    assert counts(run) == (2, 0, 0, 0)
    assert set(Offer.objects.values_list("title", flat=True)) == {
        "Käsespätzle",
        " ".join(f"Brötchen{separator} groß".split()),
    }


def test_a_first_line_of_excel_and_cells_over_several_lines(bakery, erna):
    text = 'sep=;\r\nTitel;Preis;Beschreibung\r\nBrot;1,00;"zwei\r\nZeilen"\r\n\r\nKuchen;;x'
    run = taken(bakery, erna, file=io.BytesIO(text.encode()))
    assert Offer.objects.get().description == "zwei\r\nZeilen"
    assert [(row.line, row.faults[0][1]) for row in run.rows.filter(outcome="faulty")] == [(6, "price-missing")]


def test_signs_that_cannot_be_read_are_told_for_their_row(bakery, erna):
    file = io.BytesIO(b"Titel;Preis\r\nK\x81se;1,00\r\nBrot;2,00")
    run = taken(bakery, erna, file=file)
    assert [row.faults[0][1] for row in run.rows.filter(outcome="faulty")] == ["encoding"]
    assert Offer.objects.get().title == "Brot"


def workbook(*rows):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out


def test_an_excel_file_with_numbers_as_numbers(bakery, erna):
    file = workbook(
        ["Artikel", "Preis", "EAN", "Bestand"], ["Brot", 5.9, 4006381333931, 12.0], [], ["Kuchen", 3, None, None]
    )
    assert counts(taken(bakery, erna, file=file)) == (2, 0, 0, 0)
    loaf = Offer.objects.get(title="Brot")
    assert (loaf.price, loaf.gtin, stock_of(loaf)) == (Money(590), "4006381333931", 12)


@pytest.mark.parametrize(
    "content",
    [b"", b"\r\n\r\n", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old excel"],
    ids=["empty", "blank", "broken", "old"],
)
def test_what_is_no_table_is_refused(bakery, erna, content):
    with pytest.raises(tables.Unreadable):
        actions.take_file(shop=bakery, name="x.csv", file=io.BytesIO(content), by=erna)
    assert not Import.objects.exists()


def test_an_excel_file_that_unpacks_to_too_much_is_refused(bakery, erna, monkeypatch):
    monkeypatch.setattr(tables, "MAX_UNPACKED", 1000)
    with pytest.raises(tables.Unreadable):
        actions.take_file(shop=bakery, name="x.xlsx", file=workbook(["Titel", "Preis"]), by=erna)
    assert not Import.objects.exists()


def test_too_many_rows_break_off_with_what_was_taken_in_kept(bakery, erna, monkeypatch):
    monkeypatch.setattr(tables, "MAX_ROWS", 3)
    monkeypatch.setattr(writing, "BATCH", 2)
    run = taken(bakery, erna, *(f"{number};;Brot {number};Brot;1,00;1;;ja;;" for number in range(6)))
    assert (run.state, run.created) == (Import.BROKEN, 2)
    assert "3" in run.problem


def test_undoing_takes_new_offers_away_and_puts_old_ones_back(bakery, erna):
    loaf = offer(bakery, erna, sku="B1")
    before = Offer.objects.filter(pk=loaf.pk).values().get()
    run = taken(bakery, erna, GOOD.replace("5,90", "4,00"), BOOK)
    assert Offer.objects.count() == 2
    actions.undo(run=run, by=erna)
    jobs.run_all()
    run.refresh_from_db()
    after = Offer.objects.values().get()
    assert run.state == Import.UNDONE
    assert after["version"] > before["version"]
    moved = {"version": 0, "counted_at": None}
    assert {**after, **moved} == {**before, **moved}
    assert stock_of(loaf) == 10
    assert [span.price.cents for span in queries.intervals(loaf)] == [590, 400, 590]
    assert not search.find("Marktplatz im Nebel").hits


def test_undoing_leaves_what_was_changed_by_hand_or_sold(bakery, erna):
    run = taken(bakery, erna, GOOD, BOOK)
    loaf = Offer.objects.select_related("shop").get(sku="B1")
    pools.confirm(pools.hold({rules.stock_key(loaf): 2}, contact="g:kunde", until=clock.now().replace(year=2099)))
    second = taken(bakery, erna, GOOD, BOOK.replace("22,00", "20,00").replace(";6;", ";4;"))
    novel = Offer.objects.select_related("shop").get(sku="B2")
    actions.change_price(offer=novel, version=novel.version, price=Money(1900), by=erna)
    actions.undo(run=second, by=erna)
    jobs.run_all()
    novel.refresh_from_db()
    assert (novel.price, stock_of(novel)) == (Money(1900), 6)
    actions.undo(run=run, by=erna)
    jobs.run_all()
    loaf.refresh_from_db()
    assert (loaf.state, stock_of(loaf)) == (Offer.WITHDRAWN, 0)
    assert not Offer.objects.filter(sku="B2").exists()


def test_a_worker_that_takes_over_goes_on_behind_the_last_line(bakery, erna, monkeypatch):
    monkeypatch.setattr(writing, "BATCH", 2)
    lines = [f"{number};;Brot {number};Brot;1,00;1;;ja;;" for number in range(5)]
    run = actions.take_file(shop=bakery, name="kasse.csv", file=file_of(*lines), by=erna)
    actions.start(run=run, dry=False, by=erna)
    write, died = writing.write, []

    def dies_once(run, batch, **more):
        if run.reached and not died:
            died.append(batch)
            raise KeyError("the machine stops")
        return write(run, batch, **more)

    monkeypatch.setattr(writing, "write", dies_once)
    with pytest.raises(KeyError):
        imports.work(run.pk)
    run = imports.work(run.pk)
    assert (run.state, counts(run), run.seen) == (Import.DONE, (5, 0, 0, 0), 5)
    assert Offer.objects.count() == 5
    assert imports.work(run.pk).created == 5  # a second tick does nothing


def test_columns_are_remembered_for_the_next_file_with_the_same_first_line(bakery, erna):
    head = "Spalte A;Spalte B;Spalte C"
    run = actions.take_file(shop=bakery, name="k.csv", file=file_of("Brot;1,00;x", head=head), by=erna)
    assert run.columns == ["", "", ""]
    for chosen, code in ((["title", "", ""], "columns-missing"), (["title", "price", "price"], "doubled")):
        with pytest.raises(ActionRefused) as refused:
            actions.set_columns(run=run, chosen=chosen, by=erna)
        assert refused.value.code == code
    defaults = {"category": "bread", "withdrawal": "perishable"}
    actions.set_columns(run=run, chosen=["title", "price", ""], defaults=defaults, remember_as="Kasse", by=erna)
    again = actions.take_file(shop=bakery, name="k.csv", file=file_of("Brot;1,00;x", head=head), by=erna)
    assert (again.columns, again.defaults) == (["title", "price", ""], defaults)
    actions.run_now(run=again, dry=False, by=erna)
    assert (Offer.objects.get().category, Offer.objects.get().withdrawal) == ("bread", "perishable")


def test_strangers_take_nothing_in(bakery, erna):
    stranger = actor_for(person("fremd"))
    run = actions.take_file(shop=bakery, name="k.csv", file=file_of(GOOD), by=erna)
    for attempt in (
        lambda: actions.take_file(shop=bakery, name="k.csv", file=file_of(GOOD), by=stranger),
        lambda: actions.set_columns(run=run, chosen=[""] * 10, by=stranger),
        lambda: actions.start(run=run, dry=False, by=stranger),
        lambda: actions.undo(run=run, by=stranger),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert not Offer.objects.exists()
    assert Import.objects.get().state == Import.NEW


def test_nothing_is_taken_in_twice_or_undone_before(bakery, erna):
    run = taken(bakery, erna, GOOD)
    for attempt in (
        lambda: actions.start(run=run, dry=False, by=erna),
        lambda: actions.set_columns(run=run, chosen=run.columns, by=erna),
    ):
        with pytest.raises(ActionRefused):
            attempt()
    new = actions.take_file(shop=bakery, name="k.csv", file=file_of(GOOD), by=erna)
    with pytest.raises(ActionRefused):
        actions.undo(run=new, by=erna)
    assert Offer.objects.count() == 1


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_written_is_taken_in_again_without_a_change(bakery, erna, ending):
    offer(bakery, erna, sku="B1", deposit=Money(15))
    offer(bakery, erna, title="=Gurken im Glas", drained_amount=Decimal(360), vat_class="standard", published=False)
    content = exporting.xlsx(bakery).read() if ending == "xlsx" else "".join(exporting.csv(bakery)).encode()
    before = list(Offer.objects.order_by("pk").values())
    assert counts(taken(bakery, erna, file=io.BytesIO(content))) == (0, 0, 2, 0)
    assert list(Offer.objects.order_by("pk").values()) == before
    other = shop("Zweite Bäckerei")
    assert counts(taken(other, SYSTEM, file=io.BytesIO(content))) == (2, 0, 0, 0)
    told = (
        "sku",
        "title",
        "price",
        "deposit",
        "content_amount",
        "content_unit",
        "drained_amount",
        "state",
        "allergens",
    )
    pairs = [list(Offer.objects.filter(shop=one).order_by("pk").values(*told)) for one in (bakery, other)]
    assert pairs[0] == pairs[1]


def test_a_formula_in_a_title_is_harmless_in_the_spreadsheet(bakery, erna):
    offer(bakery, erna, title="=cmd|' /C calc'!A0")
    assert ";'=cmd" in "".join(exporting.csv(bakery))


def test_the_command_does_what_the_page_does(bakery, erna, tmp_path, capsys):
    path = tmp_path / "kasse.csv"
    path.write_bytes(file_of(GOOD, "B3;;;Brot;1,00;1;;;;").getvalue())
    call_command("catalogue", "import", str(path), shop=bakery.slug, dry_run=True)
    assert not Offer.objects.exists()
    call_command("catalogue", "import", str(path), shop=bakery.slug)
    said = capsys.readouterr().out
    assert "3: –:" in said
    assert "Eingelesen: 2 Zeilen, 1 neu" in said
    assert Offer.objects.count() == 1
    call_command("catalogue", "export", str(tmp_path / "aus.xlsx"), shop=bakery.slug)
    assert (tmp_path / "aus.xlsx").read_bytes().startswith(b"PK")
    for bad in ({"shop": "gibt-es-nicht"}, {"shop": bakery.slug, "mapping": "unbekannt"}):
        runs = Import.objects.count()
        with pytest.raises(CommandError):
            call_command("catalogue", "import", str(path), **bad)
        assert Import.objects.count() == runs


def test_the_command_takes_nothing_in_where_no_column_is_understood(bakery, tmp_path):
    path = tmp_path / "raetsel.csv"
    path.write_text("foo;bar\n1;2\n")
    with pytest.raises(CommandError, match="foo, bar"):
        call_command("catalogue", "import", str(path), shop=bakery.slug)
    assert Import.objects.get().state == Import.NEW  # waits on the page for somebody who says what its columns mean


def test_from_sending_to_undoing_on_the_pages(bakery, erna, django_assert_max_num_queries):
    browser, base = signed_in(erna), "/laden/baeckerei-musterkorn/angebote/datei/"
    file = file_of(GOOD, "B3;;;Brot;1,00;1;;;;")
    file.name = "kasse.csv"
    page = browser.post(base, {"file": file})
    run = Import.objects.get()
    assert page["Location"].endswith(f"/datei/{run.pk}/")
    text = browser.get(f"{base}{run.pk}/").content.decode()
    assert "Dinkelmehl, Wasser, Salz" in text
    typed = {f"column_{place}": name for place, name in enumerate(run.columns)}
    browser.post(f"{base}{run.pk}/", {**typed, "do": "try", "remember_as": "Kasse"})
    jobs.run_all()
    assert not Offer.objects.exists()
    assert ColumnMapping.objects.get().name == "Kasse"
    with django_assert_max_num_queries(12):
        assert "Der Titel fehlt." in browser.get(f"{base}{run.pk}/").content.decode()
    browser.post(f"{base}{run.pk}/", {**typed, "do": "take"})
    jobs.run_all()
    assert Offer.objects.get().title == "Dinkelbrot"
    assert "Der Titel fehlt." in browser.get(f"{base}{run.pk}/bericht.csv").getvalue().decode()
    browser.post(f"{base}{run.pk}/rueckgaengig/")
    jobs.run_all()
    assert not Offer.objects.exists()
    assert "Dinkelbrot" not in browser.get("/laden/baeckerei-musterkorn/angebote/export/").getvalue().decode()


def test_a_wide_file_shows_the_known_columns_first_and_the_others_folded(bakery, erna, django_assert_max_num_queries):
    head = ";".join([*(f"Merkmal {n}" for n in range(250)), "Artikelname", "VK brutto"])
    run = actions.take_file(shop=bakery, name="breit.csv", file=file_of("x;" * 250 + "Brot;1", head=head), by=erna)
    browser, address = signed_in(erna), f"/laden/baeckerei-musterkorn/angebote/datei/{run.pk}/"
    browser.get(address)  # warm
    with django_assert_max_num_queries(12):
        page = browser.get(address).content.decode()
    known, others = page.split("<details")[0], page.split("<details")[-1]
    assert "Artikelname" in known
    assert "Merkmal 7" not in known
    assert "250 weitere Spalten" in others
    typed = {f"column_{place}": name for place, name in enumerate(run.columns)}
    assert browser.post(address, {**typed, "do": "take"}).status_code == 303
    jobs.run_all()
    assert Offer.objects.get().title == "Brot"


def test_long_first_lines_are_not_mistaken_for_each_other():
    long = [f"Spalte mit langem Namen {n}" for n in range(200)]
    assert len(signature(long)) <= 2000
    assert signature(long) != signature([*long, "Noch eine"])
    assert signature(long) == signature([name.upper() for name in long])


def test_strangers_see_no_files(bakery, erna, client):
    run = actions.take_file(shop=bakery, name="k.csv", file=file_of(GOOD), by=erna)
    other = signed_in(owner(shop("Andere"), "otto"))
    base = "/laden/baeckerei-musterkorn/angebote/"
    for more in ("datei/", f"datei/{run.pk}/", f"datei/{run.pk}/bericht.csv", "export/"):
        assert other.get(base + more).status_code == 404
        assert client.get(base + more).status_code == 302
    assert other.get(f"/laden/andere/angebote/datei/{run.pk}/").status_code == 404
