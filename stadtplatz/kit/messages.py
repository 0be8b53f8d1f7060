"""Compiles the translations (.po) into what gettext reads (.mo). Pure Python, so that a bare machine needs no gettext."""

from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parents[1]


def compile_stale(root: Path = PACKAGE) -> int:
    """Compile every catalogue whose .mo is missing or older; returns how many."""
    stale = [po for po in root.glob("*/locale/*/LC_MESSAGES/*.po") if _is_stale(po)]
    for po in stale:
        polib.pofile(str(po)).save_as_mofile(str(po.with_suffix(".mo")))
    return len(stale)


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


if __name__ == "__main__":
    print(f"{compile_stale()} catalogues compiled")
