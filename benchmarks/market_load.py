"""Fills a demo town with the goods of `market_goods`: 500 shops, those of the map first, each with a file taken in as on the page.

    VAR=... DATABASE_URL=... python -m benchmarks.market_load FILE [--count 100000] [--shops 500]

Writes the goods as lines of JSON to FILE, so that another program can be filled with the same.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import io
import json
import time
from itertools import groupby
from pathlib import Path

HEADERS = ["EAN", "Bezeichnung", "Beschreibung", "Kategorie", "Preis", "MwSt", "Bestand", "Inhalt", "Rückgabe"]
MAKER = "Erdacht GmbH, Weg 1, 71083 Musterstadt"


def categories() -> list[tuple[str, tuple[str, ...]]]:
    """Those at the ends of the tree in which anything may be sold without further particulars."""
    from stadtplatz.catalogue.categories import all_categories

    found = all_categories().values()
    inner = {one.parent for one in found}
    plain = [
        one
        for one in found
        if one.code not in inner and one.parent and not (one.food or one.age or one.wants or one.energy)
    ]
    return [(one.de, one.words) for one in plain if not one.kinds or "goods" in one.kinds]


def shops(count: int) -> list:
    from stadtplatz.city.models import Place
    from stadtplatz.kit.actors import SYSTEM
    from stadtplatz.kit.identity import city
    from stadtplatz.shops import actions
    from stadtplatz.shops.models import Shop

    places = list(Place.objects.filter(kind__in=["shop", "cafe", "service"]).order_by("pk")[:count])
    lon, lat = city().centre
    made = []
    for number in range(count):
        at = places[number] if number < len(places) else None
        where = (at.lon, at.lat) if at else (lon + number % 25 * 0.0004, lat + number // 25 * 0.0003)
        hours = (at.opening_hours if at else "") or "Mo-Fr 09:00-18:30; Sa 09:00-14:00"
        made.append(
            actions.create_shop(
                name=f"{at.name if at else 'Laden'} (Messung {number})",
                category="bakery",
                by=SYSTEM,
                legal_name="Erna Musterkorn",
                street="Marktplatz 3",
                postcode="71083",
                town="Musterstadt",
                phone="07032 12345",
                email=f"laden{number}@example.org",
                lon=where[0],
                lat=where[1],
                hours=hours,
            )
        )
    pks = [shop.pk for shop in made]
    Shop.objects.filter(pk__in=pks).update(state=Shop.OPEN, standing=Shop.APPROVED)
    return list(Shop.objects.filter(pk__in=pks).order_by("pk"))


def table(rows) -> io.BytesIO:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([*HEADERS, "Herstellerangaben"])
    for good in rows:
        price = f"{good.cents // 100},{good.cents % 100:02d}"
        line = [
            good.gtin,
            good.title,
            good.text,
            good.category,
            price,
            "19",
            good.stock,
            f"{good.grams} g",
            "ja",
            MAKER,
        ]
        writer.writerow(line)
    return io.BytesIO(text.getvalue().encode())


def load(file: Path, count: int, number_of_shops: int) -> None:
    from benchmarks.market_goods import goods
    from stadtplatz.catalogue import actions
    from stadtplatz.catalogue.models import Offer
    from stadtplatz.kit.actors import SYSTEM
    from stadtplatz.search import actions as search

    started, sellers = time.perf_counter(), shops(number_of_shops)
    made, faulty = 0, 0
    with file.open("w", encoding="utf-8") as lines:
        for shop, rows in groupby(goods(count, number_of_shops, categories()), key=lambda good: good.shop):
            rows = list(rows)
            lines.writelines(json.dumps(dataclasses.asdict(good), ensure_ascii=False) + "\n" for good in rows)
            run = actions.take_file(shop=sellers[shop], name="angebote.csv", file=table(rows), by=SYSTEM)
            run = actions.run_now(run=run, dry=False, by=SYSTEM)
            made, faulty = made + run.created, faulty + run.faulty
    seconds = time.perf_counter() - started
    search.learn()  # as the worker does: without it beginnings and misspellings would cost nothing
    sold = Offer.objects.filter(state=Offer.PUBLISHED).count()
    print(f"{made:,} offers of {number_of_shops} shops taken in, {faulty} refused, {sold:,} published, {seconds:.0f} s")


if __name__ == "__main__":
    import django

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("file", type=Path)
    options.add_argument("--count", type=int, default=100_000)
    options.add_argument("--shops", type=int, default=500)
    chosen = options.parse_args()
    django.setup()
    load(chosen.file, chosen.count, chosen.shops)
