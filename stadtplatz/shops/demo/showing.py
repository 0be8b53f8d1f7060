"""What the demo's shops show beside their profile: drawn pictures of a shelf, and market days."""

import random
from datetime import datetime, time
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.kit.uploads import AcceptedImage, accept_image
from stadtplatz.shops import actions
from stadtplatz.shops.models import Membership, Shop

PICTURES = {
    "baeckerei-musterkorn": [("Ein Regal voller Brote", "#c98f52"), ("Brötchen auf der Theke", "#ddb27a"), ("Kuchen am Nachmittag", "#b4694e")],
    "gemuesehof-beispielacker": [("Kisten mit Äpfeln", "#b8433f"), ("Kohl und Lauch am Stand", "#5f8a4c")],
}  # fmt: skip
STALLS = {
    "gemuesehof-beispielacker": [(1, time(7), time(12, 30), "Wochenmarkt auf dem Marktplatz", ""), (5, time(7), time(12, 30), "Wochenmarkt auf dem Marktplatz", "im Winter ab 8 Uhr")],
    "kaeserei-probelaib": [(5, time(7), time(12, 30), "Wochenmarkt auf dem Marktplatz", "beim Brunnen")],
}  # fmt: skip


def build(at: datetime) -> None:
    """Two shops have a gallery, two say when they stand on the market."""
    for slug in PICTURES | STALLS:
        shop = Shop.objects.filter(slug=slug).first()
        owner = Membership.objects.select_related("person").filter(shop__slug=slug, role=Membership.OWNER).first()
        if shop is None or owner is None:
            continue
        by = actor_for(owner.person)
        for words, colour in PICTURES.get(slug, []):
            actions.add_picture(shop=shop, image=_draw(words, colour), alt=f"{words} (gezeichnet)", by=by, at=at)
        for weekday, begins, ends, where, note in STALLS.get(slug, []):
            actions.add_stall_time(
                shop=shop, weekday=weekday, begins=begins, ends=ends, where=where, note=note, by=by, at=at
            )


def _draw(seed: str, colour: str) -> AcceptedImage:
    """Three boards with round things on them, in one colour and its neighbours."""
    rng = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    image = Image.new("RGB", (800, 600), "#f3e7d3")
    pen = ImageDraw.Draw(image)
    for board in (210, 390, 570):
        x = 30
        while x < 730:
            width, height = rng.randint(70, 120), rng.randint(50, 90)
            shade = tuple(min(255, max(0, part + rng.randint(-22, 22))) for part in ImageColor.getrgb(colour)[:3])
            pen.ellipse((x, board - height, x + width, board + 10), fill=shade)
            pen.arc((x + 14, board - height + 10, x + width - 14, board - 14), 200, 340, fill="#fff6e6", width=4)
            x += width + rng.randint(4, 20)
        pen.rectangle((0, board, 800, board + 22), fill="#8a5a3a")
    out = BytesIO()
    image.save(out, "JPEG", quality=88)
    return accept_image(out)
