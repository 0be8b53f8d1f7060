"""The legal guarantee stands before every order of goods; the maker's label only if everything is said that it has to say."""

from datetime import date
from io import BytesIO

import pytest
from django.utils import translation
from PIL import Image

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.catalogue import actions, graphics, guarantee, particulars
from stadtplatz.catalogue.models import GuaranteeGraphic, GuaranteeNotice
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.shops.tests.builders import owner, person, shop
from stadtplatz.shops.tests.test_pages import signed_in

DESK = "/desk/gewaehrleistung/"


@pytest.fixture
def operator(town):
    someone = person("olga")
    Person.objects.filter(pk=someone.pk).update(is_operator=True)
    return actor_for(Person.objects.get(pk=someone.pk))


WHOLE = {"guarantee": "5", "guarantee_whole": "ja", "guarantee_maker": "Musterwerk", "guarantee_model": "MW 500"}


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("3", "3"), ("2,5", "2.5"), ("2.5 Jahre", "2.5"), ("30 Monate", "2.5"), ("36 months", "3"), ("120 Monate", "10"), ("7 J.", "7"),
        ("3,0", "3"), ("50", "50"),
        ("2", "Two years"), ("24 Monate", "Two years"), ("1 Jahr", "Two years"), ("0", "Two years"), ("2,25", "half years"), ("31 Monate", "half years"),
        ("51", "More than 50"), ("lebenslang", "number of years"), ("lifetime", "number of years"), ("ja", "Please write years"), ("-3", "Please write years"),
        ("3 bis 5", "Please write years"), ("³", "Please write years"),
    ],
)  # fmt: skip
def test_the_label_counts_half_years_above_two(typed, years):
    with translation.override("en"):
        if years[0].isdigit():
            assert str(guarantee.read_years(typed)) == years
        else:
            with pytest.raises(guarantee.Wrong, match=years):
                guarantee.read_years(typed)


@pytest.mark.parametrize("gone", ["guarantee", "guarantee_whole", "guarantee_maker", "guarantee_model"])
def test_without_one_of_its_words_there_is_no_label(gone, town):
    said = WHOLE | {gone: ""}
    assert guarantee.garan(WHOLE) is not None
    assert guarantee.garan(said) is None
    if gone != "guarantee":
        assert gone in particulars.faults(said)
        assert gone not in particulars.faults(said, brand="Musterwerk") or gone != "guarantee_maker"
    assert guarantee.garan(WHOLE | {"guarantee_maker": ""}, "Haus Muster").maker == "Haus Muster"


def test_goods_lead_to_the_notice_and_show_the_label(client, bakery, erna, django_assert_max_num_queries):
    mill = offer(bakery, erna, title="Getreidemühle", particulars=WHOLE)
    plain = offer(bakery, erna, title="Brotkasten", particulars={"guarantee": "5"})
    with django_assert_max_num_queries(12):
        page = client.get(mill.get_absolute_url()).content.decode()
    assert "/gewaehrleistung/" in page
    assert '<details class="garan"' in page
    assert "MW 500" in page
    assert 'class="garan"' not in client.get(plain.get_absolute_url()).content.decode()
    with django_assert_max_num_queries(8):
        answer = client.get("/gewaehrleistung/")
    assert "mindestens 2 Jahre" in answer.content.decode()
    assert "at least 2 years" in client.get("/en/gewaehrleistung/").content.decode()


def test_a_service_says_nothing_of_it(client, bakery, erna):
    advice = offer(bakery, erna, title="Backberatung", kind="service", category="services", particulars={})
    assert '<dd><a href="/gewaehrleistung/">' not in client.get(advice.get_absolute_url()).content.decode()


def picture(size=(1224, 1675), colour=(0, 51, 153), form="PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, form)
    return out.getvalue()


def drawing(inside: str = "", more: str = "", head: str = "") -> bytes:
    text = f'{head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 595 842" {more}>{inside}</svg>'
    return text.encode()


GOOD = [
    (picture(), "png"),
    (picture(form="JPEG"), "jpg"),
    (drawing('<style>.a{fill:#039}</style><path class="a" d="M0 0h9v9z"/><use xlink:href="#b"/>'), "svg"),
    (drawing('<image href="data:image/png;base64,iVBORw0KGgo="/><rect fill="url(#g)"/>'), "svg"),
    (drawing("<path/>", head='<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'), "svg"),
    (b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n", "pdf"),
]  # fmt: skip
BAD = [
    picture(size=(500, 684)),
    picture(size=(1224, 900)),
    picture(colour=(120, 120, 120)),
    picture()[:200],
    drawing("<script>alert(1)</script>"),
    drawing(more='onload="alert(1)"'),
    drawing('<a href="https://example.org"><path/></a>'),
    drawing('<image xlink:href="https://example.org/x.png"/>'),
    drawing('<image href="data:text/html;base64,AAAA"/>'),
    drawing('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>'),
    drawing('<style>@import "https://example.org/x.css";</style>'),
    drawing('<rect style="fill:url(https://example.org/x)"/>'),
    drawing('<animate attributeName="href" to="javascript:alert(1)"/>'),
    drawing("&b;", head='<!DOCTYPE svg [<!ENTITY a "xxxxxxxx"><!ENTITY b "&a;&a;">]>'),
    drawing("<path/>", head='<?xml-stylesheet href="https://example.org/x.css"?>'),
    b'<svg viewBox="0 0 595 842"/>',
    b"<html><script>alert(1)</script></html>",
    b"GIF89a" + bytes(50),
    b"",
    b"%PDF-1.7 /JavaScript (x) %%EOF",
    b"%PDF-1.7 cut off",
    picture() + bytes(graphics.MOST_BYTES),
]


def test_only_plain_drawings_in_colour_and_in_shape_are_taken_and_kept_byte_for_byte():
    assert [graphics.accept(content, "notice").form for content, _form in GOOD] == [form for _content, form in GOOD]
    for content in BAD:
        with pytest.raises(ActionRefused):
            graphics.accept(content, "notice")
    assert graphics.accept(picture(size=(1481, 1559)), "label").width == 1481
    for content in (picture(), b"%PDF-1.7 %%EOF"):
        with pytest.raises(ActionRefused):
            graphics.accept(content, "label")


def put_in(operator, **changed) -> GuaranteeGraphic:
    details = {"kind": "notice", "language": "de", "content": picture(), "origin": "Seite der Kommission"} | changed
    return actions.put_in_graphic(**details, by=operator)


def test_the_operator_puts_the_official_graphic_in_and_lets_it_be_seen(client, operator, bakery, erna):
    row = put_in(operator)
    assert client.get(row.url).status_code == 404
    assert client.get("/gewaehrleistung/").content.decode().count(row.url) == 0
    actions.show_graphic(graphic=row, shown=True, by=operator)
    answer = client.get(row.url)
    assert answer.content == picture()
    assert answer["Content-Security-Policy"].endswith("sandbox")
    page = client.get("/gewaehrleistung/").content.decode()
    assert row.url in page
    assert 'alt="Gesetzliche Gewährleistung' in page
    second = put_in(operator, content=picture(form="JPEG"))
    assert list(GuaranteeGraphic.objects.all()) == [second]
    assert client.get(row.url).status_code == 404

    label = put_in(operator, kind="label", content=picture(size=(1481, 1559)))
    actions.show_graphic(graphic=label, shown=True, by=operator)
    mill = offer(bakery, erna, title="Getreidemühle", particulars=WHOLE)
    assert f'<image href="{label.url}"' in client.get(mill.get_absolute_url()).content.decode()


def test_only_the_operator_changes_words_and_graphics(client, operator, erna):
    row = put_in(operator)
    words = GuaranteeNotice.objects.get(language="de")
    said = {
        "heading": "Neu",
        "body": "Neu",
        "url": words.url,
        "source": "Gesetz",
        "valid_from": date(2026, 9, 27),
        "verified": True,
    }
    for by in (erna,):
        for attempt in (
            lambda by=by: put_in(by),
            lambda by=by: actions.show_graphic(graphic=row, shown=True, by=by),
            lambda by=by: actions.remove_graphic(graphic=row, by=by),
            lambda by=by: actions.write_notice(language="de", version=1, **said, by=by),
        ):
            with pytest.raises(NotAllowed):
                attempt()
    with pytest.raises(ActionRefused):
        put_in(operator, origin=" ")
    with pytest.raises(ActionRefused):
        put_in(operator, language="xx")
    assert GuaranteeGraphic.objects.get().shown is False
    actions.write_notice(language="de", version=1, **said, by=operator)
    with pytest.raises(Stale):
        actions.write_notice(language="de", version=1, **(said | {"heading": "Anders"}), by=operator)
    assert guarantee.notice("de").heading == "Neu"
    actions.write_notice(language="de", version=2, **(said | {"valid_from": date(2100, 1, 1)}), by=operator)
    assert guarantee.notice("de") is None


def test_the_desks_page_asks_for_what_lacks_and_is_closed_to_others(
    client, operator, bakery, erna, django_assert_max_num_queries
):
    other = owner(shop("Andere"), "zweite")
    assert client.get(DESK).status_code == 302
    for by in (erna, other):
        assert signed_in(by).get(DESK).status_code == 404
        assert signed_in(by).post(DESK, {"what": "notice:de"}).status_code == 404
        assert signed_in(by).get(f"{DESK}worte/de/").status_code == 404
    own = signed_in(operator)
    with django_assert_max_num_queries(12):
        page = own.get(DESK).content.decode()
    assert page.count("nur Text; amtliche Grafik fehlt noch") == 3
    file = BytesIO(picture())
    file.name = "gewaehrleistung.png"
    assert own.post(DESK, {"what": "notice:de", "file": file, "origin": ""}).status_code == 422
    file.seek(0)
    assert own.post(DESK, {"what": "notice:de", "file": file, "origin": "Kommission"}).status_code == 303
    row = GuaranteeGraphic.objects.get()
    for what, code in (("zeigen", 303), ("verbergen", 303), ("anderes", 404)):
        assert own.post(f"{DESK}datei/{row.pk}/{what}/").status_code == code
    assert signed_in(erna).post(f"{DESK}datei/{row.pk}/weg/").status_code == 404
    assert own.get(row.url).status_code == 200
    assert own.post(f"{DESK}datei/{row.pk}/weg/").status_code == 303
    assert not GuaranteeGraphic.objects.exists()
    words = GuaranteeNotice.objects.get(language="en")
    typed = {
        "heading": "Two years",
        "body": "At least.",
        "url": words.url,
        "source": words.source,
        "valid_from": "2026-09-27",
        "version": words.version,
    }
    assert own.post(f"{DESK}worte/en/", typed | {"body": ""}).status_code == 422
    assert own.post(f"{DESK}worte/en/", typed).status_code == 303
    assert own.post(f"{DESK}worte/en/", typed).status_code == 422
