"""Our Open311 server before the conformance suite and before programs that were written by others."""

import pytest
from civicbot.http import HttpError, HttpTransport, RateLimiter
from civicbot.open311 import CONFIRM_TOKEN, Open311Client, ValidationError
from civicbot.registry import Endpoint
from georeport import GeoReport

from open311_check.__main__ import main
from open311_check.run import run
from open311_check.server import Server
from stadtplatz.tickets.models import Ticket
from tests.peers.conftest import PLACE

LONG, LAT = PLACE


@pytest.fixture
def robot(square):
    """civicbot, told of our endpoint as it would be of a city's."""
    endpoint = Endpoint(id="town", name="Town", base_url=f"{square}/open311/v2", write=True)
    return Open311Client(endpoint, HttpTransport(rate_limiter=RateLimiter(min_interval=0)))


def test_the_conformance_suite_is_green(square, key):
    server = Server(f"{square}/open311/v2", key=key, may_post=True, place=(LAT, LONG))
    results = run(server)
    assert [f"{one.check.name}: {one.words}" for one in results if one.state == "failed"] == []
    assert {one.check.name for one in results if one.state == "skipped"} <= {"post-token"}
    assert len(results) >= 40


def test_the_conformance_suite_is_green_from_the_command_line(square):
    assert main([f"{square}/open311/v2", "--strict"]) == 0


@pytest.mark.parametrize("ending", ["json", "xml"])
def test_georeport_reads_services_and_requests(square, ending):
    client = GeoReport(f"{square}/open311/v2", output_format=ending)
    services = client.get_service_list()
    assert {one["service_code"] for one in services} == {"road-damage", "green"}
    definition = client.get_service_definition("green")
    assert definition["service_code"] == "green"
    requests = client.get_service_requests(status="open")
    assert {one["status"] for one in requests} == {"open"}
    one = client.get_service_request(requests[0]["service_request_id"])
    assert one["service_request_id"] == requests[0]["service_request_id"]
    assert one["service_name"] == requests[0]["service_name"]


def test_civicbot_reads_services_and_requests(robot):
    services = robot.list_services()
    assert {one["service_code"]: one["metadata"] for one in services} == {"road-damage": False, "green": True}
    attributes = robot.get_service_definition("green")["attributes"]
    assert [one["datatype"] for one in attributes] == [
        "singlevaluelist",
        "multivaluelist",
        "singlevaluelist",
        "number",
        "text",
    ]
    found = robot.list_requests(service_code="road-damage", status="closed")
    assert {one["status"] for one in found} == {"closed"}
    ids = [one["service_request_id"] for one in found[:2]]
    assert [one["service_request_id"] for one in robot.list_requests(service_request_ids=ids)] == ids
    assert robot.get_request(ids[0])["service_code"] == "road-damage"


def test_civicbot_checks_its_report_against_our_definition_and_files_it(robot, key):
    before = Ticket.objects.count()
    report = {"lat": LAT, "lng": LONG, "description": "Der Baum ist dürr", "api_key": key, "validate_remote": True}
    with pytest.raises(ValidationError, match="kind"):
        robot.create_request("green", **report)
    assert Ticket.objects.count() == before
    answers = {"kind": "dead", "parts": ["root", "crown"], "street": "true", "height": "12"}
    sent = robot.create_request("green", dry_run=False, confirm=CONFIRM_TOKEN, attributes=answers, **report)
    ticket = Ticket.objects.select_related("case", "answers").get(case__number=sent.response[0]["service_request_id"])
    assert ticket.text == "Der Baum ist dürr"
    assert ticket.case.channel == "api"
    assert ticket.answers.answers == {"kind": "dead", "parts": ["root", "crown"], "street": True, "height": 12}


def test_civicbot_is_told_why_it_may_not_report(robot):
    before = Ticket.objects.count()
    with pytest.raises(HttpError) as refused:
        robot.create_request(
            "road-damage", dry_run=False, confirm=CONFIRM_TOKEN, lat=LAT, lng=LONG, description="x", api_key="wrong"
        )
    assert refused.value.status == 403
    assert "api_key" in refused.value.body
    assert Ticket.objects.count() == before


def test_civicbot_asks_for_the_number_behind_a_token(robot):
    with pytest.raises(HttpError) as refused:
        robot.get_token("nobody-sent-this-token")
    assert refused.value.status == 404
