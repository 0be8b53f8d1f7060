"""The demo bar for the foot of each page; nothing outside the demo."""

from django.conf import settings

from stadtplatz.kit import clock


def demo_bar(request) -> dict:
    if not settings.DEMO:
        return {}
    from stadtplatz.operate.demo import roles

    return {
        "demo_bar": {
            "template": "operate/parts/demo_bar.html",
            "roles": roles.all_roles,
            "now": clock.now(),
            "moved": clock.offset(),
        }
    }
