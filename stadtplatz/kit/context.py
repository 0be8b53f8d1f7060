"""What every template may use."""

from django.conf import settings

from stadtplatz.kit.identity import city


def page(request):
    return {"city": city(), "DEMO": settings.DEMO, "BASE_URL": settings.BASE_URL}
