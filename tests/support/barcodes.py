"""Pictures of barcodes as a phone takes them: turned a little, not quite sharp, in poor light, with noise. Made here, the same every time."""

import random
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

LEFT = ["0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011"]  # fmt: skip
"""The odd set of the left half, ISO/IEC 15420; the even set is its mirror image with dark and light exchanged, the right half its complement."""
FIRST = ["LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL"]  # fmt: skip
QUIET = 11


@dataclass(frozen=True)
class Shot:
    """How a picture was taken. `module` is the width of the thinnest bar in points, `blur` the radius in points, `noise` a standard deviation."""

    module: float = 3.0
    turned: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    contrast: float = 1.0
    shade: float = 0.0
    upside_down: bool = False


def gtin_of(digits: str) -> str:
    """The digits with their check digit behind."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return f"{digits}{-total % 10}"


def modules(gtin: str) -> str:
    """Dark (1) and light (0) of an EAN-13 or EAN-8, without the quiet zones; a UPC-A is the EAN-13 with a leading zero."""
    code = gtin.zfill(13) if len(gtin) == 12 else gtin
    right = ["".join("10"[int(bit)] for bit in bits) for bits in LEFT]
    even = [bits[::-1] for bits in right]
    if len(code) == 8:
        first, second, sets = code[:4], code[4:], "LLLL"
    else:
        first, second, sets = code[1:7], code[7:], FIRST[int(code[0])]
    left = "".join((LEFT if which == "L" else even)[int(digit)] for digit, which in zip(first, sets, strict=True))
    return f"101{left}01010{''.join(right[int(digit)] for digit in second)}101"


def picture(gtin: str, shot: Shot | None = None, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """The barcode on a pack, somewhere near the middle of a picture with other things on it."""
    shot = shot or Shot()
    chance = random.Random(f"{gtin}{shot}")
    label = _label(gtin, shot.module)
    label = label.rotate(shot.turned + (180 if shot.upside_down else 0), Image.Resampling.BICUBIC, expand=True)
    made = Image.new("L", size, 150)
    draw = ImageDraw.Draw(made)
    for _ in range(14):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        draw.rectangle((x, y, x + chance.randrange(20, 160), y + chance.randrange(4, 30)), chance.randrange(60, 230))
    mask = _label(gtin, shot.module, blank=True).rotate(shot.turned, Image.Resampling.BICUBIC, expand=True)
    at = (
        (size[0] - label.width) // 2 + chance.randrange(-9, 10),
        (size[1] - label.height) // 2 + chance.randrange(-9, 10),
    )
    made.paste(label, at, mask.resize(label.size))
    return _taken(made, shot, chance)


def _label(gtin: str, module: float, *, blank: bool = False) -> Image.Image:
    """The bars with their quiet zones on white, drawn four times as fine and then made smaller."""
    dark = modules(gtin)
    fine, wide = 4, len(dark) + 2 * QUIET
    made = Image.new("L", (round(wide * module * fine), round(62 * module * fine)), 255)
    if not blank:
        draw = ImageDraw.Draw(made)
        for place, bit in enumerate(dark):
            if bit == "1":
                left = (QUIET + place) * module * fine
                draw.rectangle(
                    (round(left), 6 * module * fine, round(left + module * fine) - 1, 54 * module * fine), 20
                )
    return made.resize((round(wide * module), round(62 * module)), Image.Resampling.LANCZOS)


def _taken(made: Image.Image, shot: Shot, chance: random.Random) -> Image.Image:
    made = ImageEnhance.Contrast(made).enhance(shot.contrast)
    if shot.shade:
        slope = (
            Image.linear_gradient("L").resize(made.size).rotate(90, expand=False).point(lambda v: int(v * shot.shade))
        )
        made = ImageChops.subtract(made, slope)
    if shot.blur:
        made = made.filter(ImageFilter.GaussianBlur(shot.blur))
    if shot.noise:
        grain = Image.frombytes("L", made.size, chance.randbytes(made.width * made.height))
        made = ImageChops.add(made, grain.point(lambda value: round(128 + (value - 128) * shot.noise / 74)), 1, -128)
    return made
