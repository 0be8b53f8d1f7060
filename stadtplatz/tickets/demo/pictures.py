"""Drawn photos for the demo: calm scenes by category, so that no photo shows a real person or place."""

import random
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

from stadtplatz.kit.uploads import AcceptedImage, accept_image

WIDTH, HEIGHT = 1280, 960
SKY = [((196, 214, 224), (232, 232, 222)), ((168, 190, 205), (226, 216, 200)), ((58, 66, 86), (112, 104, 110))]


def draw(category: str, seed: int) -> AcceptedImage:
    """A picture for a report of this category, checked and encoded like any uploaded one."""
    rng = random.Random(f"{category}:{seed}")  # noqa: S311 - a drawing, not a secret
    image = Image.new("RGB", (WIDTH, HEIGHT))
    pen = ImageDraw.Draw(image)
    _sky(pen, SKY[2] if category == "street-light" else rng.choice(SKY[:2]))
    _houses(pen, rng)
    _ground(pen, rng)
    _THINGS.get(category, _paper)(pen, rng)
    grain = Image.effect_noise((WIDTH // 4, HEIGHT // 4), 14).resize((WIDTH, HEIGHT)).convert("RGB")
    image = Image.blend(image.filter(ImageFilter.BoxBlur(1)), grain, 0.05)
    out = BytesIO()
    image.resize((960, 720), Image.Resampling.BILINEAR).save(out, "JPEG", quality=80)
    return accept_image(out)


def _sky(pen: ImageDraw.ImageDraw, colours) -> None:
    top, bottom = colours
    for y in range(560):
        share = y / 560
        pen.line((0, y, WIDTH, y), fill=tuple(int(a + (b - a) * share) for a, b in zip(top, bottom, strict=True)))


def _houses(pen: ImageDraw.ImageDraw, rng: random.Random) -> None:
    x = -40
    while x < WIDTH:
        width, height = rng.randint(150, 260), rng.randint(190, 320)
        wall = rng.choice([(222, 205, 178), (206, 190, 170), (230, 222, 205), (198, 176, 160)])
        pen.rectangle((x, 560 - height, x + width, 560), fill=wall)
        pen.polygon(
            [(x - 14, 560 - height), (x + width / 2, 470 - height), (x + width + 14, 560 - height)], fill=(146, 84, 62)
        )
        for column in range(3):
            for row in range(2):
                left, upper = x + 22 + column * width * 0.3, 585 - height + row * 90
                pen.rectangle((left, upper, left + 34, upper + 52), fill=(96, 112, 120))
                pen.line((left + 17, upper, left + 17, upper + 52), fill=(235, 235, 228), width=3)
        x += width + rng.randint(0, 50)


def _ground(pen: ImageDraw.ImageDraw, rng: random.Random) -> None:
    pen.rectangle((0, 560, WIDTH, 640), fill=(176, 170, 160))
    for x in range(0, WIDTH, 80):
        pen.line((x, 560, x - 40, 640), fill=(158, 152, 142), width=2)
    pen.rectangle((0, 640, WIDTH, 656), fill=(140, 136, 130))
    pen.rectangle((0, 656, WIDTH, HEIGHT), fill=(104, 104, 106))
    for _ in range(900):
        x, y = rng.randint(0, WIDTH), rng.randint(658, HEIGHT)
        shade = rng.randint(84, 128)
        pen.point((x, y), fill=(shade, shade, shade + 2))


def _hole(pen, rng) -> None:
    x, y = rng.randint(380, 700), rng.randint(740, 820)
    points = [(x + dx * rng.uniform(0.85, 1.1), y + dy * rng.uniform(0.85, 1.1)) for dx, dy in _OVAL]
    pen.polygon(points, fill=(62, 58, 55))
    pen.polygon([(px * 0.86 + x * 0.14, py * 0.86 + y * 0.14 + 8) for px, py in points], fill=(88, 78, 68))
    for _ in range(24):
        sx, sy = x + rng.randint(-260, 260), y + rng.randint(-90, 100)
        pen.ellipse((sx, sy, sx + rng.randint(6, 18), sy + rng.randint(5, 12)), fill=(128, 122, 116))


_OVAL = [
    (-210, 0),
    (-170, -48),
    (-70, -74),
    (60, -70),
    (170, -50),
    (215, 6),
    (160, 60),
    (50, 84),
    (-80, 78),
    (-180, 46),
]


def _lamp(pen, rng) -> None:
    x = rng.randint(500, 760)
    pen.rectangle((x, 150, x + 18, 660), fill=(52, 56, 60))
    pen.line((x + 9, 156, x - 110, 130), fill=(52, 56, 60), width=14)
    pen.polygon([(x - 160, 120), (x - 90, 120), (x - 74, 152), (x - 176, 152)], fill=(74, 80, 84))


def _bags(pen, rng) -> None:
    for _ in range(6):
        x, y, size = rng.randint(300, 860), rng.randint(600, 700), rng.randint(80, 150)
        colour = rng.choice([(48, 52, 60), (70, 74, 84), (186, 176, 150), (120, 132, 96)])
        pen.ellipse((x, y - size * 0.7, x + size, y + size * 0.35), fill=colour)
        pen.polygon(
            [(x + size * 0.4, y - size * 0.6), (x + size * 0.5, y - size * 0.9), (x + size * 0.6, y - size * 0.6)],
            fill=colour,
        )


def _bin(pen, rng) -> None:
    x = rng.randint(480, 720)
    pen.polygon([(x, 430), (x + 150, 430), (x + 132, 660), (x + 18, 660)], fill=(64, 104, 84))
    for _ in range(9):
        px, py = x + rng.randint(-30, 140), 430 - rng.randint(0, 70)
        pen.rectangle(
            (px, py, px + rng.randint(24, 56), py + rng.randint(20, 44)),
            fill=rng.choice([(240, 236, 226), (208, 150, 96), (180, 60, 52), (230, 210, 120)]),
        )


def _tree(pen, rng) -> None:
    x = rng.randint(460, 760)
    pen.rectangle((x, 360, x + 46, 640), fill=(104, 80, 60))
    for _ in range(26):
        cx, cy, size = x + rng.randint(-200, 200), rng.randint(140, 400), rng.randint(80, 150)
        pen.ellipse(
            (cx - size, cy - size * 0.7, cx + size, cy + size * 0.7),
            fill=rng.choice([(84, 112, 66), (96, 126, 74), (74, 100, 60)]),
        )
    pen.line((x + 30, 420, x + 330, 600), fill=(104, 80, 60), width=18)


def _swing(pen, rng) -> None:
    x = rng.randint(360, 560)
    for left in (x, x + 360):
        pen.line((left, 640, left + 60, 240), fill=(176, 120, 60), width=20)
        pen.line((left + 120, 640, left + 60, 240), fill=(176, 120, 60), width=20)
    pen.line((x + 60, 246, x + 420, 246), fill=(176, 120, 60), width=20)
    pen.line((x + 180, 250, x + 170, 500), fill=(60, 60, 60), width=6)
    pen.line((x + 260, 250, x + 300, 420), fill=(60, 60, 60), width=6)


def _sign(pen, rng) -> None:
    x = rng.randint(520, 720)
    pen.line((x, 660, x + 40, 300), fill=(150, 154, 156), width=16)
    pen.polygon([(x + 50, 170), (x + 160, 330), (x - 50, 350)], fill=(240, 238, 232), outline=(190, 40, 40), width=20)


def _wall(pen, rng) -> None:
    pen.rectangle((120, 250, 1160, 640), fill=(190, 182, 170))
    points = [(220 + i * 60, 440 + rng.randint(-110, 110)) for i in range(14)]
    pen.line(points, fill=rng.choice([(196, 84, 52), (52, 92, 150), (120, 60, 130)]), width=34, joint="curve")


def _puddle(pen, rng) -> None:
    x, y = rng.randint(300, 500), rng.randint(730, 800)
    pen.ellipse((x, y - 70, x + 560, y + 110), fill=(128, 146, 158))
    pen.ellipse((x + 60, y - 40, x + 380, y + 40), fill=(150, 168, 178))


def _paper(pen, rng) -> None:
    for _ in range(5):
        x, y = rng.randint(200, 1000), rng.randint(680, 880)
        pen.polygon([(x, y), (x + 70, y - 12), (x + 86, y + 34), (x + 12, y + 44)], fill=(226, 222, 210))


_THINGS = {
    "road-damage": _hole,
    "cycling": _hole,
    "street-light": _lamp,
    "dumping": _bags,
    "bins": _bin,
    "green": _tree,
    "playground": _swing,
    "signs": _sign,
    "signals": _sign,
    "graffiti": _wall,
    "water": _puddle,
}
