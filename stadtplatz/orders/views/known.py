"""What forms begin with for whoever is signed in."""

from django.http import HttpRequest


def contact_of(request: HttpRequest) -> dict[str, str]:
    """Name and mail as the account knows them; nothing for strangers."""
    if not request.user.is_authenticated:
        return {}
    return {"name": request.user.name, "email": request.user.email}
