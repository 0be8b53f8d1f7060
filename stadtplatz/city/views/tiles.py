"""The vector tiles of the town: one file, read in pieces (HTTP Range)."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import http_date, parse_etags
from django.views.decorators.http import require_safe

from stadtplatz.kit.identity import city
from stadtplatz.kit.packs import folder_of

PIECE = 65_536
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@require_safe
def tiles(request: HttpRequest, slug: str) -> HttpResponse:
    """The file, or the asked-for part of it. Unsatisfiable parts are refused with 416; several parts at once get the whole."""
    path = _file(slug)
    stat = path.stat()
    etag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    given = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in given or etag in given:
        response: HttpResponse | StreamingHttpResponse = HttpResponseNotModified()
    else:
        response = _content(request, path, stat.st_size, etag)
    response["ETag"] = etag
    response["Last-Modified"] = http_date(stat.st_mtime)
    response["Cache-Control"] = "public, max-age=86400"
    response["Accept-Ranges"] = "bytes"
    return response  # type: ignore[return-value]  # a streaming answer is an answer


def _content(request: HttpRequest, path: Path, size: int, etag: str) -> HttpResponse | StreamingHttpResponse:
    part = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if part is None or (part[1] == "" and part[2] == "") or request.headers.get("If-Range", etag) != etag:
        return _typed(FileResponse(path.open("rb")), size)
    first, last = _bounds(part[1], part[2], size)
    if first >= size or last < first:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_pieces(path, first, last - first + 1), status=206)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return _typed(response, last - first + 1)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    if first == "":
        return (max(0, size - int(last)), size - 1) if int(last) else (size, size)
    end = min(int(last), size - 1) if last else size - 1
    return int(first), end if not last or int(last) >= int(first) else -1


def _typed(response: StreamingHttpResponse, length: int) -> StreamingHttpResponse:
    response["Content-Type"] = "application/vnd.pmtiles"
    response["Content-Length"] = str(length)
    return response


def _pieces(path: Path, start: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while length > 0 and (piece := file.read(min(PIECE, length))):
            length -= len(piece)
            yield piece


def _file(slug: str) -> Path:
    """The tile file of the city that is loaded. Http404 for every other name."""
    here = city()
    name = here.map.get("tiles", "")
    if not name or slug != here.slug:
        raise Http404
    try:
        folder = Path(here.map["folder"]) if here.map.get("folder") else folder_of(slug)
    except FileNotFoundError:
        raise Http404 from None
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise Http404
    return path
