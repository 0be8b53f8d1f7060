"""python -m open311_check URL: try a GeoReport v2 server and report."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from open311_check.report import as_json, as_text
from open311_check.run import all_checks, run
from open311_check.server import Server


def main(words: Sequence[str] | None = None) -> int:
    """0 when every check of a MUST passed (with --strict: of a SHOULD too), 1 when one failed, 2 when nobody answers."""
    asked = _arguments().parse_args(words)
    if asked.list:
        for one in all_checks():
            print(f"{one.name:<34} {one.level:<6} {one.sentence}")
        return 0
    if not asked.url:
        _arguments().error("the address of an endpoint is needed, such as https://api.city.example/open311/v2")
    server = Server(
        asked.url,
        key=asked.key,
        jurisdiction=asked.jurisdiction,
        discovery=asked.discovery,
        may_post=asked.post,
        place=(asked.lat, asked.long) if asked.lat is not None and asked.long is not None else None,
        service_code=asked.service_code,
        timeout=asked.timeout,
    )
    if not server.answers():
        print(f"Nobody answers at {asked.url}.", file=sys.stderr)
        return 2
    results = run(server, only=asked.only)
    print(as_text(server.base, results, verbose=asked.verbose))
    if asked.json:
        Path(asked.json).write_text(json.dumps(as_json(server.base, results), indent=1, ensure_ascii=False) + "\n")
    bad = [one for one in results if one.state == "failed" and (asked.strict or one.check.level == "MUST")]
    return 1 if bad else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="open311_check", description="Check an Open311 GeoReport v2 server against its specification."
    )
    parser.add_argument("url", nargs="?", help="the endpoint, without a slash at the end")
    parser.add_argument("--key", default="", help="api_key; without it nothing that needs one is tried")
    parser.add_argument("--post", action="store_true", help="create real requests (needs --key and a place)")
    parser.add_argument("--lat", type=float, help="latitude of a place where the server takes reports")
    parser.add_argument("--long", type=float, help="longitude of that place")
    parser.add_argument(
        "--service-code", default="", help="the service to report to; default: the first without questions"
    )
    parser.add_argument("--jurisdiction", default="", help="jurisdiction_id, if the endpoint serves several")
    parser.add_argument("--discovery", default="", help="address of the discovery file without .xml or .json")
    parser.add_argument("--only", default="", help="only checks whose name contains these words, separated by commas")
    parser.add_argument("--json", default="", metavar="FILE", help="also write the results to this file")
    parser.add_argument("--strict", action="store_true", help="a failed SHOULD counts as well")
    parser.add_argument("--verbose", action="store_true", help="show the sentences of passed checks too")
    parser.add_argument("--list", action="store_true", help="show all checks with their sentences and stop")
    parser.add_argument("--timeout", type=float, default=30.0, help="seconds to wait for an answer")
    return parser


if __name__ == "__main__":
    sys.exit(main())
