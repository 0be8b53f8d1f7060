"""Lighthouse over the public pages of the market, as on a phone with a slow line: accessibility 100, performance at least 95.

    python -m benchmarks lighthouse      LIGHTHOUSE=path of the program; else npm fetches it
                                         BENCH_RUNS=3    LIGHTHOUSE_PAGES=offer,shop

The demo town on SQLite in production mode under granian. Prints the median of the runs: marks, largest paint, layout shift, bytes without pictures.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import towns, web
from benchmarks.server import granian

VERSION = "12.8.2"
RUNS = int(os.environ.get("BENCH_RUNS", "3"))
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-dev-shm-usage"
LIMITS = {"accessibility": 100, "performance": 95}
BYTES, SHIFT = 250_000, 0.0

PAGES = """
import json
from collections import Counter
from django.urls import reverse
from stadtplatz.catalogue.categories import all_categories
from stadtplatz.catalogue.models import Offer
from stadtplatz.city.models import District, Place
from stadtplatz.shops.models import Shop
sold = Offer.objects.filter(state="published", shop__state="open").order_by("pk")
pictured = sold.exclude(picture="").first() or sold.first()
service = sold.filter(kind="service").first()
shared = Counter(sold.exclude(gtin="").values_list("gtin", flat=True)).most_common(1)[0][0]
code = Counter(sold.values_list("category", flat=True)).most_common(1)[0][0]
shop, place = pictured.shop, Place.objects.filter(kind="shop").order_by("pk").first()
pages = {
    "start": reverse("start"), "market": reverse("market"), "offers": reverse("offers"),
    "category": reverse("category", args=[all_categories()[code].slug]), "offer": pictured.get_absolute_url(),
    "product": reverse("product", args=[shared]), "service": service.get_absolute_url(), "appointment": reverse("appointment-new", args=[service.pk]),
    "shops": reverse("shops"), "shop": shop.get_absolute_url(), "question": reverse("shop-ask", args=[shop.slug]),
    "imprint": reverse("shop-text", args=[shop.slug, "impressum"]), "place": reverse("place", args=[place.pk]),
    "claim": reverse("place-claim", args=[place.pk]), "new business": reverse("new-business"), "districts": reverse("districts"),
    "search": reverse("search") + "?q=Brot", "found nothing": reverse("search") + "?q=Raumschiff", "ranking": reverse("search-explanation"),
    "notice": reverse("offer-notice", args=[pictured.pk, pictured.slug]), "marked": reverse("marked"), "for shops": reverse("for-shops"),
}
district = District.objects.first()
if district:
    pages["district"] = reverse("district", args=[district.slug])
print(json.dumps(pages))
"""


def main() -> None:
    program = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    words = [program] if program else ["npx", "--yes", f"lighthouse@{VERSION}"]
    with towns.sqlite() as town:
        pages = json.loads(town.run("shell", "--verbosity", "0", "-c", PAGES).splitlines()[-1])
        chosen = set(filter(None, os.environ.get("LIGHTHOUSE_PAGES", "").split(",")))
        with granian("stadtplatz.wsgi:application", town.environment | web.PRODUCTION) as server:
            for name, path in pages.items():
                if not chosen or name in chosen:
                    _show(name, [_asked(words, f"http://localhost:{server.port}{path}") for _ in range(RUNS)])


def _asked(words: list[str], url: str) -> dict[str, Any]:
    """One visit. The page is asked as behind a proxy that speaks https, which a local server does not."""
    with tempfile.TemporaryDirectory() as folder:
        report, headers = Path(folder) / "report.json", Path(folder) / "headers.json"
        headers.write_text(json.dumps({"X-Forwarded-Proto": "https"}))
        options = [f"--output-path={report}", "--output=json", "--quiet", f"--extra-headers={headers}"]
        options += ["--only-categories=performance,accessibility,best-practices,seo", f"--chrome-flags={CHROMIUM}"]
        subprocess.run([*words, url, *options], check=True, capture_output=True, env=os.environ | _chromium())
        return json.loads(report.read_text())


def _chromium() -> dict[str, str]:
    found = os.environ.get("CHROME_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    return {"CHROME_PATH": found} if found else {}


def _show(name: str, runs: list[dict[str, Any]]) -> None:
    marks = {key: statistics.median(_mark(run, key) for run in runs) for key in runs[0]["categories"]}
    paint = statistics.median(run["audits"]["largest-contentful-paint"]["numericValue"] for run in runs)
    shift = max(run["audits"]["cumulative-layout-shift"]["numericValue"] for run in runs)
    weight = max(_bytes(run) for run in runs)
    kept = all(marks[key] >= least for key, least in LIMITS.items()) and weight <= BYTES and shift <= SHIFT
    told = ", ".join(f"{key} {value:.0f}" for key, value in marks.items())
    print(
        f"{name:<14} {told}; paint {paint / 1000:.1f} s, shift {shift:.3f}, {weight / 1000:.0f} kB{'' if kept else '  <-- over'}",
        flush=True,
    )
    for missed in sorted({fault for run in runs for fault in _faults(run)}):
        print(f"{'':<14} {missed}", flush=True)


def _mark(run: dict[str, Any], key: str) -> float:
    return round(100 * (run["categories"][key]["score"] or 0))


def _bytes(run: dict[str, Any]) -> int:
    """What the page takes over the line, pictures not counted."""
    requests = run["audits"]["network-requests"]["details"]["items"]
    return sum(one["transferSize"] for one in requests if one.get("resourceType") != "Image")


def _faults(run: dict[str, Any]) -> list[str]:
    counted = {
        ref["id"]
        for key in ("accessibility", "best-practices", "seo")
        for ref in run["categories"][key]["auditRefs"]
        if ref["weight"]
    }
    return [f"{key}: {one['title']}" for key, one in run["audits"].items() if key in counted and one["score"] == 0]


if __name__ == "__main__":
    main()
