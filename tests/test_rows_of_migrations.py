"""What migrations wrote is there for every test, also after one that emptied all tables; in this order."""

import pytest

from stadtplatz.shops.models import NoticePeriod


@pytest.mark.django_db(transaction=True)
def test_a_test_with_transactions_of_its_own_finds_it():
    assert NoticePeriod.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_another_one_finds_it_again():
    assert NoticePeriod.objects.exists()
