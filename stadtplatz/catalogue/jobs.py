"""What the catalogue does by the clock."""

from datetime import timedelta

from stadtplatz.catalogue import actions, documents, tree
from stadtplatz.catalogue.actions import imports, pictures
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit.jobs import every, job
from stadtplatz.kit.renditions import fill_in
from stadtplatz.search import actions as search


@every(timedelta(minutes=1))
@job(max_attempts=3)
def switch_prices() -> None:
    """Planned prices come into force within a minute of their moment."""
    actions.switch_all_due()


@every(timedelta(minutes=10))
@job(max_attempts=3, lease=timedelta(minutes=30))
def keep_found() -> None:
    """After an update that makes documents otherwise, offers are found by their new words."""
    search.keep_current(name="offers", made_as=documents.made_as(), push_all=actions.reindex)


@job(max_attempts=5, lease=timedelta(minutes=20))
def work_on_import(run_id: int) -> None:
    """A file of offers is tried out, taken in or undone; one that took over goes on where the other stopped."""
    imports.work(run_id)


@job(max_attempts=5, lease=timedelta(minutes=10))
def fetch_pictures(run_id: int) -> None:
    """The pictures that the rows of an import name, some at a time."""
    if pictures.fetch_some(run_id):
        fetch_pictures.enqueue(run_id, key=f"pictures:{run_id}")


@job(max_attempts=5, lease=timedelta(minutes=10))
def find_under_category(codes: list[str]) -> None:
    """Offers of these categories are found under their present names."""
    tree.look_now()
    actions.reindex(categories=codes)


@job(max_attempts=3, lease=timedelta(minutes=20))
def look_for_lacking(codes: list[str]) -> None:
    """A category asks for something else: the shops concerned are told, and what lacks nothing any more comes back."""
    tree.look_now()
    actions.look_for_lacking(codes)


@every(timedelta(days=1))
@job(max_attempts=3, lease=timedelta(minutes=20))
def look_for_all_lacking() -> None:
    """The same for the whole catalogue, such as after a new city pack."""
    actions.look_for_lacking()


@every(timedelta(hours=1))
@job(max_attempts=3, lease=timedelta(minutes=20))
def take_off_lacking() -> None:
    """Offers that still lack something after their day go off sale."""
    actions.take_off_lacking()


@every(timedelta(minutes=10))
@job(max_attempts=3)
def tell_who_waits() -> None:
    """What came back without a word of the shop, such as from a cancelled order, reaches those who wait for it, too."""
    actions.tell_who_waits()


@every(timedelta(hours=6))
@job(max_attempts=3)
def forget_watches() -> None:
    """Nobody waits for ever: addresses go with what they waited for."""
    while actions.forget_watches(limit=200) == 200:
        continue


@every(timedelta(days=1))
@job(max_attempts=3, lease=timedelta(minutes=20))
def ask_about_stock() -> None:
    """Shops whose stock nobody counted for long are asked once a week; what was counted is found as fresh as its count."""
    actions.ask_all()
    actions.forget_questions()
    actions.refresh_ranks()


@every(timedelta(hours=1))
@job(max_attempts=3, lease=timedelta(minutes=10))
def renew_pictures() -> None:
    """Pictures from before there were previews and modern formats get them, some hundred an hour."""
    fill_in(Offer.objects.filter(preview="").exclude(picture="")[:400], path="picture", preview="preview")
