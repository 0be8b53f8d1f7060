"""A small town: two offices below one department, categories that lead to them, and the people in them."""

from datetime import UTC, datetime
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.cases.rules import link_holder
from stadtplatz.city.models import Duty, Function, MapState, Membership, Unit
from stadtplatz.kit import clock
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.tickets import actions
from stadtplatz.tickets.models import Category, DangerKind, Guidance

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SQUARE = {"type": "Polygon", "coordinates": [[[8.8, 48.5], [8.95, 48.5], [8.95, 48.65], [8.8, 48.65], [8.8, 48.5]]]}
PLACE = (8.87, 48.6)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def town(db):
    MapState.objects.create(source="test", digest="x", imported_at=MONDAY, area=SQUARE)
    department = Unit.objects.create(slug="technik", name="Technik")
    roads = Unit.objects.create(slug="tiefbau", name="Tiefbauamt", parent=department)
    green = Unit.objects.create(slug="gruen", name="Grünflächen", parent=department)
    repairs = Function.objects.create(unit=roads, slug="strassenunterhalt", name="Straßenunterhalt")

    def person(name, unit=None, role=Membership.MEMBER, **fields):
        row = Person.objects.create_user(f"{name}@example.org", name=name.title(), **fields)
        if unit:
            function = repairs if name == "worker" else None
            Membership.objects.create(person=row, unit=unit, role=role, function=function)
        return row

    people = SimpleNamespace(
        worker=person("worker", roads),
        colleague=person("colleague", roads),
        gardener=person("gardener", green),
        head=person("head", department, Membership.LEAD),
        operator=person("operator", is_operator=True),
        citizen=person("citizen"),
    )
    Duty.objects.create(code="roads", unit=roads, function=repairs, title="Straßen")
    Duty.objects.create(code="green", unit=green, title="Grün")
    Duty.objects.create(code="*", unit=department)
    Guidance.objects.create(
        outside={"de": "Die 115 hilft weiter.", "en": "Call 115."}, danger={"de": "Bei Gefahr 112."}
    )
    pothole = Category.objects.create(
        code="road-damage",
        names={"de": "Straßenschaden", "en": "Road damage"},
        duty="roads.pothole",
        picture="road",
        first_answer_days=2,
        done_days=10,
        retention_days=100,
        keywords=["Schlagloch", "Straße"],
        order=1,
    )
    tree = Category.objects.create(
        code="green", names={"de": "Baum"}, duty="green.tree", picture="tree", keywords=["Baum", "Ast"], order=2
    )
    return SimpleNamespace(roads=roads, green=green, repairs=repairs, people=people, pothole=pothole, tree=tree)


@pytest.fixture
def worker(town):
    return actor_for(town.people.worker)


@pytest.fixture
def guest(town):
    return Guest.objects.create(email="reporter@example.org")


@pytest.fixture
def report(town):
    """Opens reports: `report()` is a pothole with a contact, received on a Monday morning."""

    def opened(text="Ein tiefes Schlagloch vor dem Haus.", **fields):
        given = {"place": PLACE, "category": town.pothole, "by": ANONYMOUS, "at": MONDAY, **fields}
        return actions.open_ticket(text=text, **given)

    return opened


@pytest.fixture
def ticket(report, guest):
    return report(contact=guest)


@pytest.fixture
def reporter(ticket):
    return link_holder(ticket.case)


@pytest.fixture
def at_noon(monkeypatch):
    """The town's clock stands at noon of that Monday."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY.replace(hour=12))


@pytest.fixture
def browser():
    """A visitor with the session of this person, or none."""

    def visitor(person=None):
        client = Client()
        if person:
            client.force_login(person, backend=BACKEND)
        return client

    return visitor


def picture(name="foto.jpg", size=(60, 40), colour="red"):
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def not_a_picture(name="virus.jpg"):
    return SimpleUploadedFile(name, b"<svg onload='alert(1)'/>", content_type="image/jpeg")


@pytest.fixture
def shaft(town):
    """An open manhole: asked about by its words, the on-call service of the parks department has it."""
    Duty.objects.create(code="danger", unit=town.green, title="Rufbereitschaft")
    return DangerKind.objects.create(
        code="shaft",
        names={"de": "Offener Schacht", "en": "Open manhole"},
        words=["offen* *schacht*", "*deckel fehlt", "riss* kabel*"],
        categories=["green"],
        questions={"de": "Kann dort jetzt jemand hineinfallen?"},
        advices={"de": "Bleiben Sie auf Abstand."},
        phone="07032 0000-911",
        phone_names={"de": "Bereitschaft"},
        category="road-damage",
    )
