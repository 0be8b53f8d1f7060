"""Every kind of page, for those who use it, on small screens, in the dark and with doubled text."""

import pytest

from tests.journeys import steps

SHOP = f"/laden/{steps.BAKERY}"
PAGES = {
    "stranger": [
        "/", "/en/", "/suche/?q=brot", "/suche/?q=xylophonquark", "/suche/erklaerung/", "/einkaufen/", "/einkaufen/alles/",
        "/geschaefte/", f"/geschaefte/{steps.BAKERY}/", "/warenkorb/", "/bestellbedingungen/", "/widerruf/", "/anliegen/",
        "/anliegen/neu/", "/finden/", "/meine/", "/fuer-betriebe/", "/impressum/", "/datenschutz/", "/nutzungsbedingungen/",
        "/barrierefreiheit/", "/widerrufsbelehrung/", "/konto/login/", "/konto/signup/", "/stil/", "/demo/briefkasten/",
    ],
    "citizen": ["/meine/", "/konto/", "/konto/nachrichten/", "/konto/benachrichtigungen/", "/konto/profil/", "/konto/daten/"],
    "shop": [
        "/laden/", f"{SHOP}/", f"{SHOP}/bestellungen/", f"{SHOP}/bestellungen/fertig/", f"{SHOP}/bestellungen/packliste/",
        f"{SHOP}/uebergabe/", f"{SHOP}/abholung/", f"{SHOP}/angebote/", f"{SHOP}/angebote/neu/", f"{SHOP}/profil/",
        f"{SHOP}/anbieter/", f"{SHOP}/oeffnungszeiten/", f"{SHOP}/team/",
    ],
    "lead": [
        "/desk/", "/desk/anliegen/", "/desk/organisation/", "/desk/organisation/tiefbau/",
        "/desk/zustaendigkeiten/",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("role", "path"), [(role, path) for role, paths in PAGES.items() for path in paths])
def test_pages_hold_together_and_hinder_nobody(resident, role, path):
    """In the light and in the dark, on the smallest and on usual screens, and with doubled text."""
    somebody = resident(role)
    somebody.visit(path, check=False)
    somebody.look(width=320)
    somebody.look(width=360, colours=False)
    somebody.look(width=1280)
    somebody.look(width=1280, text=200, colours=False)


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
