"""Papers: from HTML to an accessible PDF (PDF/UA-1).

WeasyPrint runs in a process of its own, so that no web process holds it and a paper that hangs is ended after `LIMIT` seconds. It
fetches nothing: pictures stand in the HTML as data, and the town's typeface is the only file it may read.
"""

from __future__ import annotations

import subprocess  # nosec B404 - starts this very program again, with fixed words
import sys
from pathlib import Path
from typing import Any

LIMIT = 60
FONTS = Path(__file__).parent / "static/kit/fonts"
STYLE = """
@font-face { font-family: "Fira Sans"; src: url("font:fira-sans-400.woff2"); font-weight: 400 }
@font-face { font-family: "Fira Sans"; src: url("font:fira-sans-600.woff2"); font-weight: 600 }
@page { size: A4; margin: 22mm 20mm 24mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt "Fira Sans" } }
body { font: 10.5pt/1.45 "Fira Sans", sans-serif; color: #111 }
h1 { font-size: 17pt; margin: 0 0 4mm } h2 { font-size: 12.5pt; margin: 8mm 0 2mm; break-after: avoid }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: 1.5mm 3mm 1.5mm 0; border-bottom: .3pt solid #999 }
th { width: 42mm; font-weight: 600 } img { max-width: 80mm; max-height: 80mm } .pre { white-space: pre-line } .hint { color: #444; font-size: 9pt }
"""


class PaperFailed(Exception):
    """The PDF could not be made; the reason is in the log of the process."""


def from_html(html: str) -> bytes:
    """The document as PDF. PaperFailed when it takes longer than a minute or cannot be set."""
    words = [sys.executable, "-m", "stadtplatz.kit.pdf"]
    try:
        done = subprocess.run(  # noqa: S603  # nosec B603 - fixed words, nothing typed by anybody
            words, input=html.encode(), capture_output=True, timeout=LIMIT, check=False
        )
    except subprocess.TimeoutExpired as expired:
        raise PaperFailed("The paper took too long.") from expired
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise PaperFailed(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


def _set(html: str) -> bytes:
    from weasyprint import CSS, HTML, URLFetcher
    from weasyprint.urls import URLFetcherResponse

    class Fetcher(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("font:") and (file := FONTS / Path(url.removeprefix("font:")).name).is_file():
                return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": "font/woff2"})
            return super().fetch(url, headers)

    fetcher = Fetcher(allowed_protocols={"data"})
    style = CSS(string=STYLE, url_fetcher=fetcher)
    paper = HTML(string=html, url_fetcher=fetcher).write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")
    return bytes(paper or b"")


if __name__ == "__main__":
    sys.stdout.buffer.write(_set(sys.stdin.buffer.read().decode()))
