import pytest

from stadtplatz.kit.identity import forget, set_identity
from stadtplatz.moderation.tests.builders import desk_of_two


@pytest.fixture
def town(db):
    set_identity({"slug": "musterstadt", "name": "Musterstadt", "long_name": "Musterstadt", "land": "BW"})
    yield
    forget()


@pytest.fixture
def desk(town):
    """Two people who may decide about notices."""
    return desk_of_two()
