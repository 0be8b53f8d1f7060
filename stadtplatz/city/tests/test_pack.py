"""A city pack: checked with file and line, loaded again and again, never over what staff did."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from stadtplatz.accounts.models import Person
from stadtplatz.audit.models import Record
from stadtplatz.city import pack as city_pack
from stadtplatz.city.models import Absence, Address, Duty, Function, Membership, Unit
from stadtplatz.city.queries import responsible_for
from stadtplatz.kit import clock, packs
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.identity import city
from stadtplatz.kit.packs import PackBroken

pytestmark = pytest.mark.django_db


def load(folder):
    return city_pack.load(folder, SYSTEM)


def change(folder, file, old, new):
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new))


def problems(folder) -> list[str]:
    return [str(problem) for problem in city_pack.check(folder)]


def everything():
    return [
        list(model.objects.order_by("pk").values()) for model in (Unit, Function, Membership, Absence, Duty, Person)
    ]


def test_a_pack_of_any_town_makes_it_that_town(small_pack):
    report = load(small_pack)
    assert (city().name, city().land) == ("Kleinstadt", "SH")
    assert Unit.objects.get(slug="bauhof").parent.slug == "rathaus"
    assert Address.objects.count() == 16
    assert "Bauhof" in report.created


def test_whoever_is_away_by_the_pack_is_stood_in_for(small_pack):
    load(small_pack)
    answer = responsible_for(duty="roads.pothole")
    assert (answer.person.email, answer.deputy_for.email) == ("paula@example.org", "bernd@example.org")


def test_loading_again_changes_nothing(small_pack):
    load(small_pack)
    before = everything()
    assert load(small_pack).is_empty
    assert everything() == before
    assert Record.objects.filter(verb="city.pack_loaded").count() == 1


def test_an_absence_by_days_does_not_move_with_the_days(small_pack):
    load(small_pack)
    Absence.objects.update(starts_on=clock.today().replace(year=2020), ends_on=clock.today().replace(year=2020))
    load(small_pack)
    assert Absence.objects.get().ends_on.year == 2020


def test_what_the_pack_changed_is_taken_over(small_pack):
    load(small_pack)
    change(small_pack, "organisation.yaml", "name: Bauhof}", "name: Städtischer Bauhof}")
    assert load(small_pack).changed == ["Städtischer Bauhof"]
    assert Unit.objects.get(slug="bauhof").name == "Städtischer Bauhof"


def test_what_staff_changed_is_kept(small_pack):
    load(small_pack)
    Unit.objects.filter(slug="bauhof").update(name="Werkhof", version=2)
    change(small_pack, "organisation.yaml", "name: Bauhof}", "name: Städtischer Bauhof}")
    report = load(small_pack)
    assert (report.kept, report.changed) == (["Werkhof"], [])
    assert Unit.objects.get(slug="bauhof").name == "Werkhof"


def test_what_staff_closed_stays_closed(small_pack):
    load(small_pack)
    Duty.objects.filter(code="roads").update(ended=True)
    load(small_pack)
    assert Duty.objects.get(code="roads").ended


def test_what_the_pack_no_longer_names_is_closed_unless_staff_changed_it(small_pack):
    load(small_pack)
    change(small_pack, "duties.yaml", "duties:\n  - {code: roads, title: Straßen, unit: bauhof}", "duties: []")
    assert load(small_pack).removed == ["Straßen"]
    assert Duty.objects.get(code="roads").ended


def test_units_made_at_the_desk_are_left_alone(small_pack):
    load(small_pack)
    Unit.objects.create(slug="neu", name="Neues Amt")
    assert load(small_pack).is_empty
    assert not Unit.objects.get(slug="neu").closed


def test_diff_tells_and_changes_nothing(small_pack):
    report = city_pack.diff(small_pack, SYSTEM)
    assert "Bauhof" in report.created
    assert report.notes == ["Die Karte würde eingelesen."]
    assert not Unit.objects.exists()
    assert not Record.objects.exists()


def test_a_duty_for_a_district_that_is_not_on_the_map_is_left_out_and_told(small_pack):
    change(small_pack, "duties.yaml", "title: Straßen,", "title: Straßen, district: Nirgendwo,")
    assert "Nirgendwo" in load(small_pack).notes[0]
    assert not Duty.objects.filter(code="roads").exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("city.yaml", "land: SH", "land: XX", "city.yaml:3: land"),
        ("city.yaml", "slug: kleinstadt", "slug: Klein Stadt", "city.yaml:1: slug"),
        ("city.yaml", "name: Kleinstadt", "nam: Kleinstadt", "city.yaml:2: „nam“"),
        ("city.yaml", "centre: [9.0, 49.0]", "centre: [9.0]", "city.yaml:4: centre"),
        ("city.yaml", "extract: map.osm.pbf", "extract: none.osm.pbf", "city.yaml:6: "),
        ("city.yaml", "land: SH", "land: SH\nland: BW", "city.yaml:4: „land“"),
        ("city.yaml", "land: SH", 'land: SH\ncolours: {primary: "#ffff00"}', "city.yaml:4: #ffff00"),
        ("city.yaml", "land: SH", "land: SH\nswitched_off: [kit]", "city.yaml:4: „kit“"),
        ("city.yaml", "land: SH", "land: [SH", "city.yaml:"),
        ("organisation.yaml", "unit: bauhof, role", "unit: bauhoff, role", "organisation.yaml:10: "),
        ("organisation.yaml", "function: post}", "function: past}", "organisation.yaml:9: "),
        ("organisation.yaml", "deputy: paula@", "deputy: paul@", "organisation.yaml:10: „paul@example.org“"),
        ("organisation.yaml", "slug: bauhof,", "slug: rathaus,", "organisation.yaml:7: "),
        ("organisation.yaml", "from: 0, until: 5", "from: 5, until: 0", "organisation.yaml:12: "),
        ("organisation.yaml", "from: 0", "from: 2027-02-31", "organisation.yaml:12: "),
        ("duties.yaml", "unit: bauhof", "unit: schmiede", "duties.yaml:3: "),
        ("duties.yaml", "code: roads", "code: Roads!", "duties.yaml:3: "),
    ],
)
def test_a_mistake_is_told_with_file_and_line_and_nothing_is_loaded(small_pack, file, old, new, expected):
    change(small_pack, file, old, new)
    assert any(line.startswith(expected) for line in problems(small_pack)), problems(small_pack)
    with pytest.raises(PackBroken):
        load(small_pack)
    assert not Unit.objects.exists()
    assert not Address.objects.exists()


def test_words_like_no_and_days_stay_texts(tmp_path):
    (tmp_path / "x.yaml").write_text("a: NO\nb: 2027-05-31\nc: true\nd: yes")
    assert packs.read(tmp_path / "x.yaml").data == {"a": "NO", "b": "2027-05-31", "c": True, "d": "yes"}


def test_the_command_checks_compares_and_says_what_is_wrong(small_pack):
    out = StringIO()
    call_command("city", "check", str(small_pack), stdout=out)
    call_command("city", "diff", str(small_pack), stdout=out)
    assert str(small_pack) in out.getvalue()
    change(small_pack, "city.yaml", "land: SH", "land: XX")
    with pytest.raises(CommandError, match=r"city\.yaml:3"):
        call_command("city", "load", str(small_pack))
    with pytest.raises(CommandError, match="no-such-town"):
        call_command("city", "load", "no-such-town")
    assert not Unit.objects.exists()
