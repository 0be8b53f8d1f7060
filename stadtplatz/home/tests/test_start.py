"""The start page and the frame around every page."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/en/", "/stil/"])
def test_the_square_opens_for_everybody_without_a_cookie(client, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies


def test_a_secret_that_opens_nothing_is_not_found(client):
    assert client.get("/v/nichts-dahinter/").status_code == 404
