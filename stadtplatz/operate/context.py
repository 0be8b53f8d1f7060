"""The demo bar for the foot of each page; nothing outside the demo."""

from django.conf import settings
from django.templatetags.static import static

from stadtplatz.kit import clock


def demo_bar(request) -> dict:
    if not settings.DEMO:
        return {}
    from stadtplatz.operate.demo import roles

    found = roles.all_roles()
    bar = {
        "template": "operate/parts/demo_bar.html",
        "style": static("operate/demo.css"),
        "roles": found,
        "role": _worn(request, found),
        "now": clock.now(),
    }
    return {"demo_bar": bar}


def _worn(request, found):
    """The role this visitor wears, without touching the session of those who have none."""
    email = (
        request.user.email if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated else ""
    )
    return next((role for role in found if role.email == email), None)
