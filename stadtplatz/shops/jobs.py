"""What shops do by the clock."""

from datetime import timedelta

from stadtplatz.kit.jobs import every, job
from stadtplatz.kit.renditions import fill_in
from stadtplatz.search import actions as search
from stadtplatz.shops import actions, documents
from stadtplatz.shops.models import Shop, ShopPicture


@every(timedelta(minutes=30))
@job()
def end_pauses() -> None:
    """Shops whose holiday is over are open again."""
    actions.end_pauses()


@every(timedelta(minutes=10))
@job(max_attempts=3, lease=timedelta(minutes=20))
def keep_found() -> None:
    """After an update that makes documents otherwise, shops and entries of the map are found by their new words."""
    search.keep_current(name="shops", made_as=documents.made_as(), push_all=actions.reindex)


@every(timedelta(hours=12))
@job()
def forget() -> None:
    """What the law asks to keep for six months is gone after six months."""
    actions.forget_sellers()
    actions.forget_requests()


@every(timedelta(hours=1))
@job(max_attempts=3, lease=timedelta(minutes=10))
def renew_pictures() -> None:
    """Pictures from before there were previews and modern formats get them, some hundred an hour."""
    for model in (Shop, ShopPicture):
        fill_in(model._default_manager.filter(preview="").exclude(picture="")[:200], path="picture", preview="preview")


@every(timedelta(hours=1))
@job()
def bind_who_stayed() -> None:
    """Shops that stayed after new terms took effect are bound by them."""
    actions.bind_who_stayed()
