"""Page and program answer the same to whatever somebody writes into the address; nothing breaks them."""

import re
from urllib.parse import urlencode, urlsplit

import pytest

from stadtplatz.search import actions as search

pytestmark = pytest.mark.django_db

SAME = {
    "words": {"q": "Brot"},
    "a kind": {"q": "Brot", "kind": "offer"},
    "a kind nobody knows": {"q": "Brot", "kind": "ticket"},
    "several times": "q=Kuchen&q=Brot&kind=shop&kind=offer",
    "blanks and line ends": "q=%20%0A%09Brot%0D%0A%20",
    "a plus and a percent": "q=Brot+%25",
    "a hundred and twenty signs": {"q": "Brot " * 24},
    "a price of words": {"q": "Brot", "from": "viel"},
    "prices the wrong way round": {"q": "Brot", "from": "9", "to": "1"},
    "an amount beyond all": {"q": "Brot", "to": "999999999999"},
    "a shop nobody knows": {"q": "Brot", "shop": "nirgends'--"},
    "a district with a zero byte": {"q": "Brot", "district": "\x00"},
    "an address out of town": {"q": "Brot", "near": "Rue de Rivoli 1"},
    "a position beyond the pole": {"q": "Brot", "near": "99.5,200.1"},
    "operators": {"q": 'Brot" OR NEAR(* -x) & ! :A'},
    "right to left and emoji": {"q": "\u202eBrot\u202c 🥖 خبز"},
    "bytes that are no UTF-8": "q=Brot%ff%fe%c3",
    "half a surrogate": "q=Brot%ed%a0%80",
    "an escape that is none": "q=Brot%zz",
    "no words": {"q": ""},
    "only stop words": {"q": "wo ist der die das"},
    "a mistake": {"q": "Brötchn"},
}
REFUSED = {
    "no results wanted": {"q": "Brot", "limit": "0"},
    "too many wanted": {"q": "Brot", "limit": "1000"},
    "a limit of words": {"q": "Brot", "limit": "viele"},
    "a limit beyond all numbers": {"q": "Brot", "limit": "9" * 400},
    "before the beginning": {"q": "Brot", "offset": "-1"},
    "ten thousand signs": {"q": "Brot " * 2_000},
    "a switch that is none": {"q": "Brot", "open": "vielleicht"},
}


def asked(given) -> str:
    return given if isinstance(given, str) else urlencode(given)


@pytest.fixture(scope="module")
def town(standing):
    with standing():
        for key, title in enumerate(("Brot 500 g", "Bauernbrot", "Brötchen", "Kuchen")):
            search.push(kind="offer", key=str(key), title=title, url=f"/angebot/{key}-x/", shop="musterkorn", price=250)
        search.push(kind="shop", key="1", title="Brotladen", url="/geschaefte/brotladen/", shop="brotladen")
        search.learn()
        yield


@pytest.mark.parametrize("given", SAME.values(), ids=SAME)
def test_page_and_program_give_the_same_order(town, client, given):
    page = client.get(f"/suche/?{asked(given)}")
    answer = client.get(f"/api/v1/search?{asked(given)}")
    assert (page.status_code, answer.status_code) == (200, 200)
    shown = page.text.partition('<ol class="hits"')[2].partition("</ol>")[0]
    found = [urlsplit(row["url"]).path for row in answer.json()["results"]]
    assert re.findall(r'href="(/(?:angebot|geschaefte)/[^"]+)"', shown) == found
    assert client.get(f"/suche/vorschlaege/?{asked(given)}").status_code == 200


@pytest.mark.parametrize("given", REFUSED.values(), ids=REFUSED)
def test_a_program_reads_what_is_wrong_and_the_page_helps_itself(town, client, given):
    answer = client.get(f"/api/v1/search?{asked(given)}")
    assert answer.status_code in (400, 422)
    assert next(name for name in ("limit", "offset", "open", "q") if name in given) in answer.text
    assert client.get(f"/suche/?{asked(given)}").status_code == 200
