"""What the suggestion of categories promises: reports teach it, files may be untidy, and it never decides."""

import csv
import io
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from stadtplatz.tickets import queries
from stadtplatz.tickets.models import Category
from stadtplatz.tickets.suggesting import corpus, measuring, reading, store
from stadtplatz.tickets.suggesting.model import Model, ModelBroken, from_bytes, from_file

WORDS = {
    "Licht": ["Laterne aus", "Lampe flackert", "Straßenlaterne dunkel", "Beleuchtung defekt", "Leuchte brennt nicht"],
    "Müll": ["Sperrmüll am Weg", "Matratze im Wald", "Müllsäcke abgeladen", "Unrat im Park", "alte Reifen"],
}


def _rows(times: int = 6) -> list[tuple[str, str]]:
    return [(f"{text} {part}", kind) for part in range(times) for kind, texts in WORDS.items() for text in texts]


def _file(tmp_path, rows, *, head=("text", "category"), separator=",", encoding="utf-8"):
    words = io.StringIO()
    table = csv.writer(words, delimiter=separator)
    table.writerow(head)
    table.writerows(rows)
    path = tmp_path / "meldungen.csv"
    path.write_bytes(words.getvalue().encode(encoding))
    return path


def _say(*words) -> str:
    out = io.StringIO()
    call_command("tickets", *map(str, words), stdout=out)
    return out.getvalue()


@pytest.fixture
def own_folder(settings, tmp_path):
    settings.VAR = tmp_path / "var"
    return settings.VAR


@pytest.fixture
def pack_categories(db):
    """The categories of the demo town, under the codes the shipped model knows."""
    Category.objects.all().delete()
    codes = sorted({report.category for report in corpus.invented_reports()})
    rows = [Category(code=code, names={"de": code}, duty="x", order=at) for at, code in enumerate(codes)]
    return Category.objects.bulk_create(rows)


def test_clear_words_choose_beforehand_and_vague_ones_ask(pack_categories, own_folder):
    clear = queries.suggestions("Straßenlaterne in der Bahnhofstraße ausgefallen, alles dunkel", pack_categories)
    assert clear.sure
    assert clear.sure.code == "street-light"
    vague = queries.suggestions("Guten Tag, ich hätte da etwas", pack_categories)
    assert vague.sure is None
    assert queries.suggestions("", pack_categories).categories == []


def test_up_to_three_are_offered_in_between(pack_categories, own_folder):
    found = queries.suggestions("Auto parkt auf Radweg", pack_categories)
    assert {"cycling", "parking"} <= {row.code for row in found.categories}
    assert len(found.categories) <= 3
    assert found.sure is None


def test_spelling_of_umlauts_and_typing_mistakes_do_not_matter(pack_categories, own_folder):
    for words in ("Strassenlaterne ist kaputt", "STRASSENLATERNE IST KAPUTT", "Straßenlatrene ist kapput"):
        assert queries.suggest(words, pack_categories)[0].code == "street-light", words


def test_only_categories_of_this_city_are_suggested(pack_categories, own_folder):
    rows = [row for row in pack_categories if row.code != "street-light"]
    assert "street-light" not in {row.code for row in queries.suggest("Straßenlaterne ist kaputt", rows)}


def test_a_city_with_other_categories_is_helped_by_its_keywords(db, own_folder):
    rows = [
        Category(code="laternen", names={"de": "Laternen"}, keywords=["Laterne"], duty="x"),
        Category(code="sonstiges", names={"de": "Sonstiges"}, duty="x"),
    ]
    found = queries.suggestions("Die Laterne brennt nicht", rows)
    assert [row.code for row in found.categories] == ["laternen"]
    assert found.sure is None


def test_a_broken_model_leaves_the_keywords(pack_categories, own_folder, monkeypatch, tmp_path):
    for broken in (b"", b"nonsense", corpus.MODEL.read_bytes()[:5_000]):
        with pytest.raises(ModelBroken):
            from_bytes(broken)
    store.own_path().parent.mkdir(parents=True)
    store.own_path().write_bytes(b"half a fi")
    assert store.current() is not None  # the shipped one


def test_the_model_that_comes_with_stadtplatz_has_learned_from_the_reports_that_come_with_it():
    model = from_file(corpus.MODEL)
    assert model.about["source"] == corpus.fingerprint()
    assert model.to_bytes() == corpus.MODEL.read_bytes()
    by_category = {}
    for report in corpus.invented_reports():
        by_category.setdefault(report.category, set()).add(report.template)
    assert set(by_category) == set(model.categories)
    assert min(map(len, by_category.values())) >= 30


def test_held_out_templates_are_held_out_whole():
    learned, out = corpus.held_out(corpus.invented_reports())
    assert not {report.template for report in learned} & {report.template for report in out}
    assert 0.15 < len(out) / len(learned + out) < 0.25


def test_the_same_reports_make_the_same_bytes(tmp_path, own_folder):
    path = _file(tmp_path, _rows())
    _say("train", path, "--out", tmp_path / "one")
    _say("train", path, "--out", tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    again = from_file(tmp_path / "one")
    assert isinstance(again, Model)
    assert again.to_bytes() == (tmp_path / "one").read_bytes()


def test_training_puts_the_model_in_place_for_those_who_ask_next(tmp_path, own_folder):
    before = store.current()
    assert "Trained on 60 reports of 2 categories" in _say("train", _file(tmp_path, _rows()))
    after = store.current()
    assert after
    assert before
    assert after.categories == ["Licht", "Müll"] != before.categories
    likely = after.probabilities("die Laterne ist dunkel")
    assert likely["Licht"] > 0.8
    assert sum(likely.values()) == pytest.approx(1)


def test_reports_in_the_category_staff_gave_them_teach(town, report, own_folder, tmp_path):
    ticket = report("Da ist ein tiefes Loch, Anruf erbeten 07031 123456 oder mia@example.org")
    ticket.category = town.tree
    ticket.save()
    path = tmp_path / "out.csv"
    assert "1 reports written" in _say("export", path)
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    assert rows[0]["category"] == "green"
    assert rows[0]["text"] == "Da ist ein tiefes Loch, Anruf erbeten … oder …"


def test_evaluating_prints_the_figures(tmp_path, own_folder):
    shown = _say("evaluate", _file(tmp_path, _rows()))
    assert "held-out reports  12" in shown
    for part in ("top-1", "top-3", "macro-F1", "at 0.5", "at 0.7", "at 0.8", "at 0.9", "coverage", "precision", "ms"):
        assert part in shown
    assert "the last fifth of the rows" in shown


def test_the_newest_are_held_out_wherever_they_stand(tmp_path):
    rows = [(f"neu {n}", "A", "05.02.2026") for n in range(4)] + [
        (f"alt {n}", "B", f"2025-01-0{n + 1}") for n in range(9)
    ]
    read = reading.read_reports(_file(tmp_path, rows, head=("Text", "Kategorie", "Datum")))
    assert read.dated
    assert [report.category for report in read.by_age()[-4:]] == ["A"] * 4


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_usual_encodings_and_separators_are_read(tmp_path, separator, encoding):
    rows = [("Müll, überall;\nsogar am Bach", "Müll"), ('sagt "nein"', "Größe")]
    read = reading.read_reports(
        _file(tmp_path, rows, head=("Beschreibung", "Kategorie"), separator=separator, encoding=encoding)
    )
    assert [(report.text, report.category) for report in read.reports] == rows


def test_gaps_are_left_out_and_counted(tmp_path):
    rows = [("Laterne", "Licht"), ("", "Licht"), ("Müll", ""), ("", ""), ("nur",), ("Reifen", "Müll", "zuviel")]
    read = reading.read_reports(_file(tmp_path, rows))
    assert len(read.reports) == 2
    assert read.incomplete == 3


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"foo,bar\n1,2\n", "no column"),
        (b"text,category\nLaterne,Licht\n", "at least 20"),
        (b"text,category\n" + b"Laterne,Licht\n" * 30, "one category"),
    ],
)
def test_a_file_that_cannot_teach_is_refused_with_a_reason(tmp_path, own_folder, content, reason):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=reason):
        _say("train", path)
    assert not store.own_path().exists()
    with pytest.raises(CommandError, match="cannot be read"):
        _say("evaluate", tmp_path / "missing.csv")


def test_columns_can_be_named(tmp_path):
    path = _file(tmp_path, _rows(), head=("was", "wohin"))
    assert "held-out" in _say("evaluate", path, "--text-column", "was", "--category-column", "wohin")


def test_macro_f1_counts_all_categories_alike():
    assert measuring.macro_f1(["A", "A", "A"], ["A", "A", "B"]) == pytest.approx((0.8 + 0) / 2)
    assert measuring.macro_f1(["A", "B"], ["A", "B"]) == 1


def test_rare_categories_stay_whole_when_there_are_too_many_reports():
    from stadtplatz.tickets.suggesting.training import newest

    kept = newest(["often"] * 50 + ["rare"] * 3 + ["often"] * 50, 20)
    assert {50, 51, 52} <= set(kept)
    assert len(kept) == 20
    assert kept[-1] == 102


def test_a_suggestion_needs_neither_numpy_nor_scikit_learn():
    code = (
        "import sys; from stadtplatz.tickets.suggesting.model import from_file; "
        "from stadtplatz.tickets.suggesting.corpus import MODEL; "
        "from_file(MODEL).probabilities('Schlagloch'); "
        "sys.exit(bool({'numpy', 'scipy', 'sklearn'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
