"""From a web request to an Actor."""

from stadtplatz.kit.actors import ANONYMOUS, Actor


def actor_of(request) -> Actor:
    """The acting person of this request: the signed-in person, or nobody in particular."""
    user = request.user
    if not user.is_authenticated:
        return ANONYMOUS
    return actor_for(user, second_factor=bool(request.session.get("second_factor")))


def actor_for(person, *, second_factor: bool = False) -> Actor:
    return Actor("person", person.key, person_id=person.pk, second_factor=second_factor)


def actor_for_guest(guest) -> Actor:
    return Actor("guest", guest.key, guest_id=guest.pk)
