"""Places orders in Oscar, one after another, until stopped: python -m benchmarks.oscar_shop.orders. Prints how many, and how many failed."""

import os
import random
import signal
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.oscar_shop.settings")

import django

django.setup()

from django.db import DatabaseError, transaction
from oscar.apps.basket.models import Basket
from oscar.apps.catalogue.models import Product
from oscar.apps.order.utils import OrderCreator, OrderNumberGenerator
from oscar.apps.partner.strategy import Default
from oscar.apps.shipping.methods import NoShippingRequired
from oscar.core.prices import Price


def place(product: Product) -> None:
    with transaction.atomic():
        basket = Basket.objects.create()
        basket.strategy = Default()
        basket.add_product(product, 1)
        total = Price("EUR", excl_tax=basket.total_excl_tax, incl_tax=basket.total_excl_tax)
        shipping = NoShippingRequired()
        number = f"{OrderNumberGenerator().order_number(basket)}-{os.getpid()}-{random.randrange(10**9)}"
        charge = shipping.calculate(basket)
        OrderCreator().place_order(basket, total, shipping, charge, order_number=number)
        basket.submit()


def main() -> None:
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(1))
    products = list(Product.objects.order_by("pk")[:500])
    placed = failed = 0
    while not stopped:
        try:
            place(random.choice(products))
            placed += 1
        except DatabaseError:
            failed += 1
    sys.stdout.write(f"{placed} {failed}\n")


if __name__ == "__main__":
    main()
