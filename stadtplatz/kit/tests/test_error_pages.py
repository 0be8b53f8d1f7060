"""Error pages say what happened, what was kept and what to do next."""

import pytest
from django.test import RequestFactory

from stadtplatz.kit import errors


@pytest.mark.django_db
def test_a_missing_page_leads_on(client):
    answer = client.get("/gibt-es-nicht/")
    assert answer.status_code == 404
    assert answer["X-Request-ID"] in answer.content.decode()


@pytest.mark.parametrize(("view", "status"), [(errors.broken, 500), (errors.maintenance, 503)])
def test_when_the_house_is_broken_its_page_needs_no_database(view, status):
    request = RequestFactory().get("/")
    request.id = "kennung-123"
    answer = view(request)
    assert answer.status_code == status
    assert "kennung-123" in answer.content.decode()
