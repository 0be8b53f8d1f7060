"""Fixtures of the town's tests."""

import pytest

from stadtplatz.city import limits
from stadtplatz.city.tests.towns import pack
from stadtplatz.kit import identity


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """What this process keeps of another test's town is forgotten."""
    identity.forget()
    limits.forget()
    yield
    identity.forget()


@pytest.fixture
def small_pack(tmp_path):
    return pack(tmp_path / "kleinstadt")


@pytest.fixture(scope="module")
def demo_town(standing):
    """The whole demo town, imported once for a module whose tests only read it, and taken out at its end."""
    from stadtplatz.city import pack as city_pack
    from stadtplatz.kit.actors import SYSTEM
    from stadtplatz.kit.packs import folder_of

    with standing():
        yield city_pack.load(folder_of("herrenberg"), SYSTEM)
