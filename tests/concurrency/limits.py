"""Six processes count the same thing: exactly as many pass as are allowed."""

import json
from datetime import timedelta

from benchmarks import scratch


def knock(number: int, times: int, limit: int) -> int:
    from stadtplatz.kit import ratelimit
    from stadtplatz.kit.refusals import TooOften

    passed = 0
    for _ in range(times):
        try:
            ratelimit.count("report", "192.0.2.7", limit=limit, per=timedelta(days=36_500))
            passed += 1
        except TooOften:
            continue
    return passed


if __name__ == "__main__":
    with scratch.town():
        passed = scratch.at_once(6, knock, 20, 50)
        from stadtplatz.kit.models import RateCounter

        print(json.dumps({"passed": sum(passed), "counted": RateCounter.objects.get().count}))
