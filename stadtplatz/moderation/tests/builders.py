"""Notices for tests: a small desk, and what somebody types."""

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.city.models import Unit
from stadtplatz.kit.actors import ANONYMOUS, Actor
from stadtplatz.moderation import actions
from stadtplatz.moderation.models import ContentNotice, Ground

EXPLANATION = "Auf dem Etikett fehlt der Hinweis auf Nüsse, die aber darin sind."


def desk_of_two() -> tuple[Actor, Actor]:
    """A unit that answers for notices, and two people who may decide."""
    Unit.objects.get_or_create(slug="stadtmarketing", defaults={"name": "Stadtmarketing"})
    return clerk("anna"), clerk("bert")


def clerk(name: str) -> Actor:
    someone = Person.objects.create_user(f"{name}.desk@example.org", "ein-langes-Passwort", name=name.title())
    Person.objects.filter(pk=someone.pk).update(is_operator=True)
    return actor_for(Person.objects.get(pk=someone.pk), second_factor=True)


def content(key: str = "7", **details) -> actions.Content:
    fields = {"kind": "offer", "key": key, "title": "Nussbrot", "url": f"/angebot/{key}-nussbrot/", "owner": "shop:1"}
    return actions.Content(**{**fields, **details})


def ground(code: str = "food") -> Ground:
    return Ground.objects.get(code=code)


def notice(
    about: actions.Content | None = None, *, code: str = "food", by: Actor = ANONYMOUS, **details
) -> ContentNotice:
    typed = {
        "explanation": EXPLANATION,
        "good_faith": True,
        "name": "Mia Beispiel",
        "email": "mia@example.org",
        **details,
    }
    return actions.give_notice(content=about or content(), ground=ground(code), by=by, **typed)


def ruling(*, restrict: bool = True, **details) -> actions.Ruling:
    said = {"facts": "Das Etikett nennt keine Nüsse.", "basis_kind": "law", "basis": "Art. 44 LMIV", **details}
    return actions.Ruling(restrict=restrict, **said)
