"""The reports of another city stand in a town of their own, where they were, and nowhere else."""

import pytest
from django.core.management import CommandError, call_command

from stadtplatz.cases.models import Case
from stadtplatz.kit import clock
from stadtplatz.operate.grids import swiss
from stadtplatz.tickets import queries
from stadtplatz.tickets.models import Imported, Ticket

LINES = """date,year,service_code,e,n
2016-06-27,2016,Brunnen/Hydranten,2683920,1245604
2018-06-29,2018,Strasse/Trottoir/Platz,2682182,1248788
2018-06-30,2018,Strasse/Trottoir/Platz,2682182,kaputt
2018-06-30,2018,Unbekannt,2682182,1248788
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "meldungen.csv"
    path.write_text(LINES)
    return path


def test_the_swiss_survey_is_read_to_a_metre():
    lon, lat = swiss(2_600_000, 1_200_000)  # the old observatory of Bern, where the survey begins
    assert lon == pytest.approx(7.438632, abs=2e-5)
    assert lat == pytest.approx(46.951083, abs=2e-5)


@pytest.mark.django_db
def test_each_line_becomes_a_public_report_and_the_last_is_of_today(file, capsys):
    call_command("sandbox", "zuerich", str(file), "--here")
    assert "2 reports, 2 lines left out" in capsys.readouterr().out
    old, new = Case.objects.order_by("received_at")
    assert clock.local(new.received_at).date() == clock.today()
    assert (new.received_at - old.received_at).days in {731, 732, 733}
    assert (round(old.lon, 2), round(old.lat, 2)) == (8.55, 47.36)
    assert queries.visible().count() == 2
    assert Imported.objects.get().licence == "CC0 1.0"


@pytest.mark.django_db
def test_a_town_with_reports_is_left_alone(file):
    call_command("sandbox", "zuerich", str(file), "--here")
    with pytest.raises(CommandError):
        call_command("sandbox", "zuerich", str(file), "--here")
    assert Ticket.objects.count() == 2


@pytest.mark.django_db
def test_a_file_of_another_kind_is_refused_by_name_of_its_columns(tmp_path):
    other = tmp_path / "andere.csv"
    other.write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="date, e, n, service_code"):
        call_command("sandbox", "zuerich", str(other), "--here")
    assert not Ticket.objects.exists()
