"""Fills Oscar with the goods of a file of `market_load`: python -m benchmarks.oscar_shop.load FILE"""

import json
import os
import sys
import time
from decimal import Decimal

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.oscar_shop.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import transaction
from django.utils.text import slugify
from oscar.apps.catalogue.models import Category, Product, ProductCategory, ProductClass
from oscar.apps.partner.models import Partner, StockRecord
from oscar.core.loading import get_class


def main(path: str) -> None:
    started = time.perf_counter()
    call_command("migrate", verbosity=0)
    with open(path, encoding="utf-8") as lines:
        goods = [json.loads(line) for line in lines]
    with transaction.atomic():
        fill(goods)
    Category.fix_tree()
    if not os.path.isdir(os.environ["OSCAR_INDEX"]):
        # All in one: what comes to a Whoosh index later is first looked for in it, one by one, which takes hours.
        call_command("rebuild_index", interactive=False, verbosity=0, batchsize=1_000_000)
    found = Product.objects.count(), StockRecord.objects.count()
    print(f"Oscar: {found[0]:,} products, {found[1]:,} stock records, {time.perf_counter() - started:.0f} s")


def fill(goods: list[dict]) -> None:
    kind = ProductClass.objects.create(name="Ware", requires_shipping=False)
    partners = {n: Partner.objects.create(name=f"Laden {n}") for n in sorted({good["shop"] for good in goods})}
    create = get_class("catalogue.categories", "create_from_breadcrumbs")
    categories = {name: create(name) for name in sorted({good["category"] for good in goods})}
    once = {good["gtin"]: good for good in goods}
    made = Product.objects.bulk_create(
        [
            Product(
                structure=Product.STANDALONE,
                upc=good["gtin"],
                title=good["title"],
                slug=slugify(good["title"])[:200],
                description=good["text"],
                product_class=kind,
            )
            for good in once.values()
        ],
        batch_size=2_000,
    )
    known = {product.upc: product for product in made}
    ProductCategory.objects.bulk_create(
        [ProductCategory(product=known[good["gtin"]], category=categories[good["category"]]) for good in once.values()],
        batch_size=5_000,
    )
    offered = {(good["shop"], good["gtin"]): good for good in goods}
    StockRecord.objects.bulk_create(
        [
            StockRecord(
                product=known[good["gtin"]],
                partner=partners[good["shop"]],
                partner_sku=good["gtin"],
                price_currency="EUR",
                price=Decimal(good["cents"]) / 100,
                num_in_stock=good["stock"] + 1_000,
            )
            for good in offered.values()
        ],
        batch_size=5_000,
    )


if __name__ == "__main__":
    main(sys.argv[1])
