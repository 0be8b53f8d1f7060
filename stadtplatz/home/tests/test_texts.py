"""The city's legal texts: complete in both languages, without holes, and safe whatever stands in them."""

import pytest
from django.conf import settings

from stadtplatz.home import texts
from stadtplatz.kit import identity

CONTACT = ("organisation", "street", "postcode", "town", "phone", "email")


@pytest.fixture
def herrenberg(db):
    identity.set_identity({"slug": "herrenberg", "name": "Herrenberg", "contact": {key: f"[{key}]" for key in CONTACT}})
    yield
    identity.forget()


@pytest.mark.parametrize("slug", texts.PAGES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_text_is_there_in_both_languages_and_has_no_hole(client, herrenberg, slug, prefix):
    answer = client.get(f"{prefix}/{slug}/")
    assert answer.status_code == 200
    page = answer.content.decode()
    article = page[page.index("<article") : page.index("</article>")]
    assert f'lang="{prefix[1:] or "de"}"' in article
    assert "{" not in article
    assert "demonstration" in article or "Vorführung" in article


def test_texts_only_ask_for_what_the_identity_holds():
    folder = settings.PACKAGE / "cities" / "herrenberg" / "legal"
    known = {"name", "long_name", *CONTACT}
    for file in folder.glob("*.md"):
        assert texts.blanks(file.read_text()) <= known, file.name


def test_without_a_pack_there_is_no_text_and_no_link_to_one(client, db):
    identity.forget()
    assert client.get("/impressum/").status_code == 404
    assert "/impressum/" not in client.get("/").content.decode()


def test_the_footer_leads_to_the_texts(client, herrenberg):
    page = client.get("/").content.decode()
    assert 'href="/impressum/"' in page
    assert 'href="/barrierefreiheit/"' in page


def test_whatever_is_not_of_the_subset_is_shown_as_it_stands():
    shown = texts.render(
        "## Titel <b>\n\n- eins\n- **zwei**\n\n<script>alert(1)</script>\n\n[böse](javascript:alert(1)) [gut](/ort/)"
    )
    assert "<script>" not in shown
    assert 'href="javascript' not in shown
    assert "<strong>zwei</strong>" in shown
    assert '<a href="/ort/">gut</a>' in shown
    assert "<h2>Titel &lt;b&gt;</h2>" in shown
