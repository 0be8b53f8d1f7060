"""Mails wear the city's colour, in the light and in the dark, and what stands on a button can be read."""

import pytest

from stadtplatz.kit import colours
from stadtplatz.kit.identity import city
from stadtplatz.notifications.rendering import render


@pytest.mark.django_db
def test_links_and_buttons_of_a_mail_wear_the_citys_colour():
    html = render("accounts/mail/login_code", {"code": "123456"}, language="de").html
    used = colours.readable(city().colours)
    assert f"background: {used['primary']}; color: {used['on-primary']}" in html
    assert f"background: {used['primary-dark']}; color: #101213" in html


@pytest.mark.parametrize("primary", ["#1f4e79", "#ffffff", "#000000", "#ffd500", "#7f7f7f"])
def test_what_stands_on_a_button_can_be_read_whatever_the_city_chose(primary):
    used = colours.readable({"primary": primary})
    assert colours.contrast(used["on-primary"], used["primary"]) >= 4.5
    assert colours.contrast("#101213", used["primary-dark"]) >= 4.5
    assert colours.contrast(used["primary"], "#ffffff") >= 4.5
    assert colours.contrast(used["primary-dark"], "#1c2320") >= 4.5
