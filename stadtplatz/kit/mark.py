"""The mark of the house in the city's colours: as a drawing for browsers, as pixels for home screens. Also stands in parts/mark.html."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

SIZES = (180, 192, 512)
"""Edge lengths in pixels that phones ask for."""
_SIDE, _FINE = 48, 4
_WALL = [(13, 37), (13, 21), (24, 11), (35, 21), (35, 37)]
_ROOF = [(11, 26), (37, 26), (39, 32), (9, 32)]
_POSTS = [[(20, 37), (20, 32)], [(28, 37), (28, 32)], [(24, 11), (24, 7)]]


def svg(ground: str, line: str) -> str:
    """The mark as SVG, `ground` and `line` as `#rrggbb`."""
    strokes = "".join(f'<path d="{_path(points)}"/>' for points in (_WALL, *_POSTS))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE} {_SIDE}">'
        f'<rect x="1" y="1" width="46" height="46" rx="11" fill="{ground}"/>'
        f'<path d="{_path(_ROOF)}z" fill="{line}"/>'
        f'<g fill="none" stroke="{line}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">{strokes}</g></svg>'
    )


@lru_cache(maxsize=8)
def pixels(size: int, ground: str, line: str, form: str = "PNG") -> bytes:
    """The mark filling a square of `size` pixels, without round corners (home screens cut their own), as PNG or ICO."""
    scale = size * _FINE / _SIDE
    picture = Image.new("RGB", (size * _FINE, size * _FINE), ground)
    draw = ImageDraw.Draw(picture)
    draw.polygon(_scaled(_ROOF, scale), fill=line)
    for points in (_WALL, *_POSTS):
        draw.line(_scaled(points, scale), fill=line, width=round(3 * scale), joint="curve")
        for x, y in _scaled(points, scale):
            draw.circle((x, y), 1.5 * scale, fill=line)
    out = BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).save(out, form)
    return out.getvalue()


def _scaled(points: list[tuple[int, int]], scale: float) -> list[tuple[float, float]]:
    return [(x * scale, y * scale) for x, y in points]


def _path(points: list[tuple[int, int]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)
