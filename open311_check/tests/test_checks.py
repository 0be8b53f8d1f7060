"""The suite is green on a right server and finds every fault it was made for."""

import json
from pathlib import Path

import pytest

from open311_check.__main__ import main
from open311_check.run import all_checks, run
from open311_check.server import Server
from open311_check.tests.town import KEY, PLACE, Town, standing

WILD = json.loads((Path(__file__).parent / "data" / "wild_variants.json").read_text(encoding="utf-8"))

FOUND_BY = {
    "no json": "discovery-formats-served",
    "no charset": "xml-content-type",
    "application/xml": "xml-content-type",
    "json as html": "json-content-type",
    "latin": "utf8",
    "no declaration": "xml-declaration",
    "namespace": "xml-no-namespace",
    "other root": "services-structure",
    "wrapped lists": "json-as-xml",
    "reading needs a key": "no-key-for-reading",
    "jurisdiction breaks": "jurisdiction-unknown",
    "discovery type": "discovery-endpoint-type",
    "discovery format": "discovery-formats-served",
    "discovery without contact": "discovery-fields",
    "no services": "services-some",
    "service without name": "services-fields",
    "service of no type": "services-type",
    "service metadata as word": "services-metadata",
    "service twice": "services-codes-unique",
    "service without group": "services-usual-fields",
    "keywords as list": "services-keywords",
    "definition of another": "definition-code",
    "attribute of no type": "definition-datatype",
    "attribute required as word": "definition-truth",
    "attribute order twice": "definition-order",
    "attribute without order": "definition-attribute-fields",
    "values without key": "definition-values",
    "any definition": "definition-unknown",
    "status in progress": "requests-status",
    "dates without zone": "requests-dates",
    "coordinates swapped out": "requests-coordinates",
    "long description": "requests-description",
    "id twice": "requests-ids-unique",
    "request without status": "requests-fields",
    "foreign fields": "requests-only-known-fields",
    "agency as object": "requests-texts",
    "too many": "requests-most",
    "a year by default": "requests-default-range",
    "ignores status": "filter-status",
    "ignores service_code": "filter-service-code",
    "one value only": "filter-service-codes",
    "ignores dates": "filter-range",
    "offset ignored": "filter-range-offset",
    "89 days": "filter-range-90-days",
    "any date": "filter-date-wrong",
    "any status": "filter-status-wrong",
    "empty is something": "filter-empty",
    "only one id": "filter-ids",
    "ids do not override": "filter-ids-override",
    "single gives two": "request-json",
    "missing is empty": "request-unknown",
    "missing is 400": "request-unknown",
    "always 200": "error-status",
    "errors in html": "error-format",
    "wrapped errors": "error-json",
    "any key": "post-without-key",
    "401 for keys": "post-wrong-key",
    "unknown service is 400": "post-unknown-service",
    "any place": "post-half-a-place",
    "any attributes": "post-attribute-missing",
    "any length": "post-too-long",
    "loses umlauts": "post-read-back-text",
    "id and token": "post-id-or-token",
    "token that leads nowhere": "post-token",
}


def looked_at(town: Town, only: str = "", **options) -> dict[str, str]:
    with standing(town) as url:
        options = {"key": KEY, "may_post": True, "place": PLACE} | options
        return {one.check.name: one.state for one in run(Server(url, **options), only=only)}


def test_a_right_server_passes_everything():
    states = looked_at(Town())
    assert {name: state for name, state in states.items() if state != "passed"} == {"post-token": "skipped"}
    assert len(states) >= 40


@pytest.mark.parametrize("fault", FOUND_BY)
def test_a_fault_is_found(fault):
    assert looked_at(Town(fault), only=FOUND_BY[fault])[FOUND_BY[fault]] == "failed"


def test_a_long_range_must_not_show_more_than_90_days():
    assert looked_at(Town("any range"), only="filter-range-too-long")["filter-range-too-long"] == "failed"


def test_every_check_names_the_sentence_it_checks():
    names = [one.name for one in all_checks()]
    assert len(names) == len(set(names))
    assert all(one.sentence and one.source.startswith("https://wiki.open311.org/") for one in all_checks())


def test_nothing_is_created_unasked():
    town = Town()
    looked_at(town, may_post=False)
    assert len(town.requests) == len(Town().requests)


def test_what_a_server_without_json_does_not_offer_is_not_held_against_it():
    states = looked_at(Town("no json"), only="json-as-xml,services-same-in-json,error-json")
    assert set(states.values()) == {"skipped"}


def test_lists_in_a_wrapper_as_seen_in_the_wild_are_named():
    """An object with the list inside, and an agency that is an object: both seen at running servers."""
    town = Town("wrapped lists")
    town.requests = [town.requests[0] | row for row in WILD["requests_json_wrapped_fixmystreet"]["service_requests"]]
    states = looked_at(town, only="json-as-xml,requests-only-known-fields")
    assert states == {"json-as-xml": "failed", "requests-only-known-fields": "failed"}


@pytest.mark.parametrize("name", ["requests_json_bare_array", "requests_json_koeln_extended"])
def test_poor_requests_as_seen_in_the_wild_lack_needed_fields(name):
    town = Town()
    town.requests = [row | {"requested_datetime": ""} for row in WILD[name]]
    assert looked_at(town, only="requests-fields")["requests-fields"] == "failed"


def test_the_command_says_by_its_exit_code_how_it_went(tmp_path, capsys):
    report = tmp_path / "report.json"
    place = ["--lat", str(PLACE[0]), "--long", str(PLACE[1])]
    with standing(Town()) as url:
        assert main([url, "--key", KEY, "--post", *place, "--json", str(report)]) == 0
    assert json.loads(report.read_text())["counts"]["failed"] == 0
    with standing(Town("wrapped lists")) as url:
        assert main([url]) == 1
    assert "FAIL json-as-xml" in capsys.readouterr().out
    assert main(["http://127.0.0.1:9/"]) == 2


def test_a_should_counts_only_when_asked():
    with standing(Town("foreign fields")) as url:
        assert main([url]) == 0
        assert main([url, "--strict"]) == 1
