"""The demo bar for the foot of each page; nothing outside the demo."""

from django.conf import settings
from django.templatetags.static import static

from stadtplatz.kit import clock


def demo_bar(request) -> dict:
    if not settings.DEMO:
        return {}
    from stadtplatz.operate.demo import roles

    bar = {
        "template": "operate/parts/demo_bar.html",
        "style": static("operate/demo.css"),
        "roles": roles.all_roles,
        "now": clock.now(),
    }
    return {"demo_bar": bar}
