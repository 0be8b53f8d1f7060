"""Everything here is about databases, though other processes ask them."""

import pytest


@pytest.fixture(autouse=True, scope="session")
def databases_beside() -> None:
    """Tells that these tests belong to the run on each database; see the conftest.py of the project."""
