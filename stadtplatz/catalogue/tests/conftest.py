import pytest

from stadtplatz.kit.identity import forget, set_identity


@pytest.fixture
def town(db):
    set_identity({"slug": "musterstadt", "name": "Musterstadt", "long_name": "Musterstadt", "land": "BW"})
    yield
    forget()
