"""`make bench`: every measurement, or those named. Figures worth keeping go to docs/benchmarks.md with machine and date."""

import sys
from importlib import import_module
from pathlib import Path

from benchmarks.measure import machine


def main() -> None:
    known = sorted(
        path.stem
        for path in Path(__file__).parent.glob("*.py")
        if path.stem
        not in {
            "__init__",
            "__main__",
            "measure",
            "server",
            "bare",
            "scratch",
            "towns",
            "tickets_load",
            "market_load",
            "market_goods",
        }
    )
    print(machine())
    for name in sys.argv[1:] or known:
        print(f"\n== {name}", flush=True)
        import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
