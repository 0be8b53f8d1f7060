"""The people of the demo somebody can step into with one click."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.models import Person
from stadtplatz.city.models import Membership as UnitMembership
from stadtplatz.shops.models import Membership as ShopMembership

PASSWORD = "stadtplatz-demo"  # noqa: S105 - printed on purpose, and only the demo has it


@dataclass(frozen=True)
class Role:
    code: str
    name: object
    person: Person | None
    start: str


def all_roles() -> list[Role]:
    """The roles that have a person in this town, strangers first."""
    return [role for role in _candidates() if role.person or role.code == "stranger"]


def role(code: str) -> Role | None:
    return next((role for role in all_roles() if role.code == code), None)


def introduction() -> str:
    """What `make demo` prints when the town is open."""
    lines = ["", f"The town is open: {settings.BASE_URL}/", ""]
    lines += [f"  {role.person.email:<38} {role.name}" for role in all_roles() if role.person]
    lines += [
        "",
        f"Password of all of them: {PASSWORD}. Or change the role with one click in the bar at the foot of each page.",
        "Ctrl-C stops.",
    ]
    return "\n".join(lines)


def give_passwords() -> None:
    """Let all people of the demo sign in by hand as well. One hash serves them all: it is no secret here."""
    Person.objects.update(password=make_password(PASSWORD))
    for person in Person.objects.filter(emailaddress=None):
        person.emailaddress_set.create(email=person.email, verified=True, primary=True)


def _candidates() -> list[Role]:
    return [
        Role("stranger", _("A citizen without account"), None, "/"),
        Role("citizen", _("A citizen with account"), _citizen(), "/meine/"),
        Role("shop", _("A shopkeeper"), _shopkeeper(), "/laden/"),
        Role("clerk", _("A case worker"), _staff("member"), "/desk/"),
        Role("lead", _("Head of a unit"), _staff("lead"), "/desk/"),
        Role("operator", _("The operator"), Person.objects.filter(is_operator=True).order_by("pk").first(), "/desk/"),
    ]


def _citizen() -> Person | None:
    staff = UnitMembership.objects.values("person")
    shops = ShopMembership.objects.values("person")
    return Person.objects.exclude(pk__in=staff).exclude(pk__in=shops).exclude(is_operator=True).order_by("pk").first()


def _shopkeeper() -> Person | None:
    first = ShopMembership.objects.filter(role="owner").order_by("shop_id").select_related("person").first()
    return first.person if first else None


def _staff(role: str) -> Person | None:
    first = UnitMembership.objects.filter(role=role).order_by("pk").select_related("person").first()
    return first.person if first else None
