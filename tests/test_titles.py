"""Whoever has several pages of a shop open can tell them apart by their titles (WCAG 2.4.2)."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[1] / "stadtplatz"


def test_each_page_of_a_shops_side_names_itself_in_its_title():
    nameless = []
    for page in TEMPLATES.rglob("templates/**/*.html"):
        words = page.read_text(encoding="utf-8")
        of_a_shop = re.search(r"{% extends \"(shops/side|orders/shop|appointments/shop)/shell.html\"", words)
        if of_a_shop and page.name != "shell.html" and "{% block title %}" not in words:
            nameless.append(str(page.relative_to(TEMPLATES)))
    assert nameless == ["home/templates/home/shop.html"], "the start page of the shop's side bears the shop's name"
