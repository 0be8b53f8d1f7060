"""Files in quarantine and the scanner that lets them out; with a real clamd and signatures of our own."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from stadtplatz.cases import actions, queries
from stadtplatz.cases.actions.scanning import scan_again
from stadtplatz.cases.models import CaseDocument
from stadtplatz.kit import jobs, media, scanning
from stadtplatz.kit.uploads import UploadRefused, accept_image
from tests.support.clamd import KNOWN_FILE, MALICIOUS, MOST, scanner


@pytest.fixture(scope="module")
def clamd():
    with scanner() as line:
        yield str(line)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def picture(more=b"") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG")
    return SimpleUploadedFile("foto.jpg", out.getvalue() + more)


def test_the_scanner_knows_clean_files_infected_ones_and_says_when_it_cannot_tell(clamd, settings):
    settings.CLAMD = clamd
    assert scanning.scan(b"Guten Tag").clean
    assert scanning.scan(b"") == scanning.Verdict(scanning.Result.CLEAN)
    found = scanning.scan(b"vorher" + MALICIOUS + b"nachher")
    assert found.infected
    assert found.words.startswith("STADTPLATZ.Test")
    assert scanning.scan(KNOWN_FILE).words.startswith("STADTPLATZ.Sum")
    over = scanning.scan(b"x" * (MOST + 400_000))
    assert (over.result, over.words) == (scanning.Result.NOT_SCANNED, "INSTREAM size limit exceeded. ERROR")


@pytest.mark.parametrize("address", ["", "/nowhere/clamd.sock", "127.0.0.1:1", "not an address"])
def test_a_scanner_that_is_not_there_has_not_scanned(settings, address):
    settings.CLAMD = address
    verdict = scanning.scan(b"x")
    assert verdict.result is scanning.Result.NOT_SCANNED
    assert not verdict.clean
    assert not verdict.infected


def test_a_picture_with_malware_behind_it_is_refused_before_it_is_opened(clamd, settings):
    settings.CLAMD = clamd
    with pytest.raises(UploadRefused) as refused:
        accept_image(picture(MALICIOUS))
    assert refused.value.code == "infected"
    assert accept_image(picture()).width == 60


@pytest.mark.django_db(transaction=True)
class TestQuarantine:
    @pytest.fixture
    def applicant(self, hall):
        return hall.reporter

    @pytest.fixture
    def paper(self, case, applicant):
        """Adds a paper to the case as its applicant."""

        def added(content=b"%PDF-1.4 plan", **more) -> CaseDocument:
            given = {"content_type": "application/pdf", "purpose": CaseDocument.ATTACHMENT, "by": applicant, **more}
            return actions.add_document(case, content=content, **given)

        return added

    def opened(self, document, applicant):
        return queries.document(document.case, document.pk, applicant)

    def test_a_clean_paper_is_opened_once_the_scanner_has_seen_it(self, clamd, settings, paper, applicant):
        settings.CLAMD = clamd
        document = paper()
        assert self.opened(document, applicant) is None
        jobs.run_all()
        assert self.opened(document, applicant) == document

    def test_pictures_wait_for_the_scanner_too_where_there_is_one(self, clamd, settings, paper, applicant):
        settings.CLAMD = clamd
        document = paper(b"jpeg", content_type="image/jpeg", small=b"small", harmless=True)
        assert self.opened(document, applicant) is None
        jobs.run_all()
        assert self.opened(document, applicant) == document

    def test_an_infected_paper_is_deleted_and_its_line_says_why(self, clamd, settings, paper, applicant):
        settings.CLAMD = clamd
        document = paper(b"%PDF-1.4 " + MALICIOUS)
        jobs.run_all()
        document.refresh_from_db()
        assert document.finding.startswith("STADTPLATZ.Test")
        assert self.opened(document, applicant) is None
        with pytest.raises(FileNotFoundError):
            media.read(document.path)
        (line,) = queries.file_lines([document], "tickets-photo", "x")
        assert (line.url, line.state) == ("", "gelöscht: Schadsoftware gefunden")

    def test_while_the_scanner_is_down_a_file_stays_closed_and_is_asked_about_again(
        self, clamd, settings, paper, applicant
    ):
        settings.CLAMD = "/nowhere/clamd.sock"
        document = paper()
        jobs.run_all()
        document.refresh_from_db()
        assert (document.quarantined, document.finding, document.scanned_at) == (True, "", None)
        (line,) = queries.file_lines([document], "tickets-photo", "x")
        assert (line.url, line.state) == ("", "noch nicht auf Schadsoftware geprüft")
        settings.CLAMD = clamd
        scan_again()
        assert self.opened(document, applicant) == document

    def test_a_file_too_big_for_the_scanner_stays_closed(self, clamd, settings, paper, applicant):
        settings.CLAMD = clamd
        document = paper(b"%PDF-1.4 " + b"x" * (MOST + 400_000))
        jobs.run_all()
        scan_again()
        assert self.opened(document, applicant) is None

    def test_without_a_scanner_papers_stay_closed_and_painted_pictures_are_shown(self, paper, applicant):
        assert self.opened(paper(), applicant) is None
        shown = paper(b"jpeg", content_type="image/jpeg", harmless=True)
        assert self.opened(shown, applicant) == shown
