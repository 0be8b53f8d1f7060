import pytest

from stadtplatz.accounts.models import Person
from stadtplatz.kit.identity import forget, set_identity
from stadtplatz.shops.models import Shop
from stadtplatz.shops.tests.builders import owner, shop


@pytest.fixture
def town(db):
    set_identity({"slug": "musterstadt", "name": "Musterstadt", "long_name": "Musterstadt", "land": "BW"})
    yield
    forget()


@pytest.fixture
def bakery(town) -> Shop:
    return shop()


@pytest.fixture
def erna(bakery) -> Person:
    """Who owns the bakery."""
    return owner(bakery)
