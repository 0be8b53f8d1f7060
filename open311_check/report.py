"""The results for people and for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from open311_check.run import Result

_MARKS = {"passed": "ok  ", "failed": "FAIL", "skipped": "-   "}


def as_text(url: str, results: Sequence[Result], *, verbose: bool = False) -> str:
    lines = [f"Open311 GeoReport v2: {url}", ""]
    for one in results:
        lines.append(f"{_MARKS[one.state]} {one.check.name}" + (f": {one.words}" if one.words else ""))
        if one.state == "failed" or verbose:
            lines.append(f"       {one.check.level}, {one.check.source}")
            lines.append(f"       “{one.check.sentence}”")
    counts = Counter(one.state for one in results)
    summary = ", ".join(f"{counts[state]} {state}" for state in ("passed", "failed", "skipped"))
    return "\n".join([*lines, "", f"{len(results)} checks: {summary}"])


def as_json(url: str, results: Sequence[Result]) -> dict[str, Any]:
    counts = Counter(one.state for one in results)
    return {
        "url": url,
        "counts": {state: counts[state] for state in ("passed", "failed", "skipped")},
        "checks": [
            {
                "name": one.check.name,
                "state": one.state,
                "level": one.check.level,
                "words": one.words,
                "sentence": one.check.sentence,
                "source": one.check.source,
            }
            for one in results
        ],
    }
