"""Every kind of page, for those who use it, on small screens, in the dark and with doubled text."""

import pytest

from tests.journeys import steps
from tests.journeys.screen_table import looked_at
from tests.journeys.town import ALL_BUT_COLOURS, PLACES, Visitor

SHOP = f"/laden/{steps.BAKERY}"
ALSO = {
    "citizen": ["/meine/", "/konto/", "/konto/nachrichten/", "/konto/benachrichtigungen/", "/konto/profil/", "/konto/daten/"],
    "lead": ["/desk/"],
    "stranger": ["/anliegen/karte/", "/anliegen/neu/?kategorie=signs", "/de-simple/anliegen/", "/tr/anliegen/neu/", "/uk/anliegen/", "/ar/anliegen/neu/"],
}  # fmt: skip
"""Pages beside those of the pictures, and pages that other people see differently."""


def in_all_views(somebody: Visitor) -> None:
    """In the light and in the dark, on the smallest and on usual screens, and with doubled text."""
    somebody.look(width=320)
    somebody.look(width=360, rules=PLACES)
    somebody.look(width=1280)
    somebody.look(width=1280, text=200, rules=ALL_BUT_COLOURS)
    somebody.settle()


@pytest.mark.parametrize("name", [name for name in looked_at() if name not in {"not-found", "account-second-factor"}])
def test_pages_hold_together_and_hinder_nobody(resident, name):
    screen = looked_at()[name]
    somebody = resident(screen.who)
    if callable(screen.where):
        screen.where(somebody)
    else:
        somebody.visit(screen.where, check=False)
    in_all_views(somebody)


@pytest.mark.parametrize(("role", "path"), [(role, path) for role, paths in ALSO.items() for path in paths])
def test_more_pages_hold_together(resident, role, path):
    somebody = resident(role)
    somebody.visit(path, check=False)
    in_all_views(somebody)


@pytest.mark.parametrize(
    "path", ["/desk/", "/desk/anliegen/", "/desk/organisation/", f"{SHOP}/", f"{SHOP}/bestellungen/", "/konto/"]
)
def test_a_stranger_at_a_closed_door_is_asked_to_sign_in(visitor, path):
    stranger = visitor(width=360)
    stranger.visit(path)
    assert "/konto/login/" in stranger.page.url


@pytest.mark.parametrize("path", [f"/laden/{steps.FARM}/", f"/laden/{steps.FARM}/bestellungen/", "/desk/anliegen/"])
def test_a_shopkeeper_does_not_enter_other_rooms(visitor, path):
    keeper = visitor(role="shop", width=360)
    answer = keeper.page.goto(path)
    assert answer.status in {403, 404}
    keeper.check()


@pytest.mark.parametrize("path", ["/bestellung/AAAAAAAAAAAAAAAAAAAAAA/", "/anliegen/AAAAAAAAAAAAAAAAAAAAAA/"])
def test_a_guessed_link_leads_nowhere(visitor, path):
    stranger = visitor(width=360)
    answer = stranger.page.goto(path)
    assert answer.status == 404
    stranger.check()


def test_the_policy_against_foreign_scripts_is_kept_while_ordering_and_reporting(visitor):
    """No script from the page itself, no frame, nothing from elsewhere: the browser is told, and obeys."""
    stranger = visitor()
    policy = stranger.page.goto("/").headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    ran = stranger.page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.head.append(s); return window.ran }"
    )
    assert ran is None
    assert any("Content Security Policy" in complaint for complaint in stranger.complaints)
    stranger.complaints.clear()
