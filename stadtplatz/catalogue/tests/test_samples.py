"""The sample files of the documents do what the documents say."""

from pathlib import Path

from stadtplatz.catalogue import actions
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.shops.tests.builders import shop

SAMPLES = Path(__file__).resolve().parents[3] / "docs" / "samples"


def taken(name, seller):
    with (SAMPLES / name).open("rb") as file:
        run = actions.take_file(shop=seller, name=name, file=file, by=SYSTEM)
    return actions.run_now(run=run, dry=False, by=SYSTEM)


def test_the_good_sample_is_taken_in_whole_and_on_sale(town):
    run = taken("angebote.csv", shop())
    assert (run.created, run.faulty, run.hinted) == (3, 0, 0)
    assert set(Offer.objects.values_list("state", flat=True)) == {Offer.PUBLISHED}
    assert Offer.objects.get(sku="B-003").price.cents == 101_250


def test_the_sample_with_faults_tells_each_of_them(town):
    run = taken("angebote-mit-fehlern.csv", shop())
    codes = [row.faults[0][1] for row in run.rows.order_by("line")]
    assert codes == ["gtin-check", "title", "category", "price", "stock"]
    assert not Offer.objects.exists()
