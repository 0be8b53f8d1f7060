"""Ordering from two shops and collecting, without an account."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import steps

WAYS = {
    "on a phone": {"width": 360},
    "at a desk": {"width": 1280},
    "by keyboard on a phone": {"width": 360, "keyboard": True},
    "by keyboard at a desk": {"width": 1280, "keyboard": True},
    "without scripts on a phone": {"width": 360, "javascript": False},
    "without scripts at a desk": {"width": 1280, "javascript": False},
}


def to_review(customer, email):
    steps.put_into_basket(customer, steps.PRETZEL)
    steps.put_into_basket(customer, steps.POTATOES, quantity=2)
    steps.choose_slots(customer)
    steps.leave_contact(customer, name="Greta Beispiel", email=email)


@pytest.mark.parametrize("way", WAYS)
def test_somebody_without_account_orders_from_two_shops(visitor, way):
    customer = visitor(**WAYS[way])
    email = f"{way.replace(' ', '-')}@example.org"
    to_review(customer, email)
    errand = steps.press_order(customer)
    customer.reads("Bäckerei Musterkorn", "Gemüsehof Beispielacker", errand.number)
    stranger = visitor(width=360)
    steps.newest_mail(stranger, email, about=errand.number)
    stranger.page.locator("main").get_by_role("link", name=re.compile("Bestellung|Vorgang")).first.click()
    stranger.sees(f"Bestellung {errand.number}")


@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_bought_stands_directly_above_the_order_button(visitor, width):
    """§ 312j BGB: the essentials directly above a button that says nothing but 'zahlungspflichtig bestellen'."""
    customer = visitor(width=width)
    to_review(customer, f"review-{width}@example.org")
    page = customer.page
    button = page.locator("#order")
    assert button.inner_text().strip() == "zahlungspflichtig bestellen"
    essentials = page.locator(".essentials")
    for words in ("1 × Schwäbische Laugenbrezel", "2 × Kartoffeln festkochend", "Abholung", "Verkäufer", "inkl. MwSt."):
        expect(essentials.get_by_text(words).first).to_be_visible()
    total = page.locator(".sums__total").last
    expect(total).to_contain_text("13,35 €")
    between = button.bounding_box()["y"] - (total.bounding_box()["y"] + total.bounding_box()["height"])
    assert 0 <= between < 80
    assert page.locator("#order ~ button, .essentials button").count() == 1


def test_two_shops_make_ready_and_the_customer_collects_by_code(visitor):
    customer = visitor(width=360)
    to_review(customer, "abholung@example.org")
    errand = steps.press_order(customer)
    for keeper_email, shop in ((steps.BAKER, steps.BAKERY), (steps.FARMER, steps.FARM)):
        keeper = visitor(role=keeper_email, width=360)
        steps.shop_makes_ready(keeper, shop, errand)
        customer.visit(errand.path)
        card = customer.page.locator(".order-part").filter(has=customer.page.locator(".collection"))
        code = card.first.locator(".collection .code-block").inner_text()
        steps.hand_over(keeper, shop, errand, code)
    customer.visit(errand.path)
    expect(customer.page.locator(".order-part .badge", has_text="abgeholt")).to_have_count(2)
    customer.reads("In diesem Geschäft bezahlt")


def test_a_wrong_code_hands_nothing_over(visitor):
    customer = visitor(width=360)
    to_review(customer, "falscher-code@example.org")
    errand = steps.press_order(customer)
    keeper = visitor(role=steps.BAKER, width=360)
    steps.shop_makes_ready(keeper, steps.BAKERY, errand)
    keeper.visit(f"/laden/{steps.BAKERY}/uebergabe/")
    keeper.write("Bestellnummer", errand.number)
    keeper.write("Abholcode", "222222")
    keeper.press("Übergeben und bezahlt")
    expect(keeper.page.locator(".error-summary")).to_be_visible()
    keeper.check()
    customer.visit(errand.path)
    expect(customer.page.locator(".order-part .badge", has_text="abholbereit")).to_have_count(1)
