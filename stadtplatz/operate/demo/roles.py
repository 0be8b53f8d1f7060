"""The people of the demo somebody can step into with one click. Chosen once, when the town is built, and kept in its state folder."""

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models import Count
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.demo import CITIZEN, OPERATOR
from stadtplatz.accounts.models import Person
from stadtplatz.city.models import Membership as UnitMembership
from stadtplatz.operate.demo.keys import PASSWORD
from stadtplatz.shops.models import Membership as ShopMembership

NAMES = {
    "stranger": _("A citizen without account"),
    "citizen": _("A citizen with account"),
    "shop": _("A shopkeeper"),
    "clerk": _("A case worker"),
    "lead": _("Head of a unit"),
    "operator": _("The operator"),
}


@dataclass(frozen=True)
class Role:
    """One button of the demo bar: where it leads and whose shoes these are; a stranger has no address."""

    code: str
    start: str
    email: str = ""
    person: str = ""

    @property
    def name(self) -> object:
        return NAMES[self.code]


def all_roles() -> list[Role]:
    """The roles of this town, strangers first; only the stranger while the town is being built."""
    return _read() if _file().exists() else [Role("stranger", "/")]


def role(code: str) -> Role | None:
    return next((role for role in all_roles() if role.code == code), None)


def choose() -> None:
    """Choose who stands for each role and write it down; all people of the demo get the printed password."""
    found = [role for role in _candidates() if role.email or role.code == "stranger"]
    _file().write_text(json.dumps([asdict(role) for role in found]))
    # One hash serves them all: it is no secret here.
    Person.objects.update(password=make_password(PASSWORD))
    for person in Person.objects.filter(emailaddress=None):
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


def introduction() -> str:
    """What `make demo` prints when the town is open."""
    lines = ["", f"The town is open: {settings.BASE_URL}/", ""]
    with translation.override("en"):
        lines += [f"  {role.email:<38} {role.name}" for role in all_roles() if role.email]
    if settings.BASE_URL.startswith("https:"):
        lines[3:3] = [
            "On a phone in the same network open exactly this address, with https, and accept the certificate once.",
            "Plain http is not answered at this port.",
            "",
        ]
    lines += [
        "",
        f"Password of all of them: {PASSWORD}. Or change the role with one click in the bar at the foot of each page.",
        "Ctrl-C stops.",
    ]
    return "\n".join(lines)


def _file() -> Path:
    return settings.VAR / "demo-roles.json"


@cache
def _read() -> list[Role]:
    return [Role(**found) for found in json.loads(_file().read_text())]


def _candidates() -> list[Role]:
    clerk = _busiest_clerk()
    return [
        Role("stranger", "/"),
        _for("citizen", "/meine/", Person.objects.filter(email=CITIZEN).first()),
        _for("shop", "/laden/", _shopkeeper()),
        _for("clerk", "/desk/", clerk),
        _for("lead", "/desk/", _head_of(clerk)),
        _for("operator", "/desk/", Person.objects.filter(email=OPERATOR).first()),
    ]


def _for(code: str, start: str, person: Person | None) -> Role:
    return Role(code, start, person.email, person.name) if person else Role(code, start)


def _shopkeeper() -> Person | None:
    first = ShopMembership.objects.filter(role="owner").order_by("shop_id").select_related("person").first()
    return first.person if first else None


def _busiest_clerk() -> Person | None:
    """Whoever has most reports assigned: that desk has something to show."""
    members = Person.objects.filter(pk__in=UnitMembership.objects.filter(role="member").values("person"))
    return members.annotate(load=Count("assigned_cases")).order_by("-load", "pk").first()


def _head_of(clerk: Person | None) -> Person | None:
    """Who leads the clerk's unit, or any unit."""
    leads = UnitMembership.objects.filter(role="lead").select_related("person").order_by("pk")
    same = leads.filter(unit__in=UnitMembership.objects.filter(person=clerk).values("unit"))
    found = same.first() or leads.first()
    return found.person if found else None
