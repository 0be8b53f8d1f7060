"""What happens to reports by itself, with time."""

from datetime import timedelta

from stadtplatz.kit.jobs import every, job
from stadtplatz.tickets import actions, documents


@every(timedelta(hours=1))
@job()
def forget_drafts() -> None:
    """Drafts that nobody sent are deleted a day after their last change."""
    actions.forget_expired_drafts()


@every(timedelta(minutes=10))
@job()
def send_waiting_drafts() -> None:
    """Reports kept on a device whose writer did not come back are sent as they are."""
    actions.send_waiting_drafts()


@every(timedelta(hours=6))
@job()
def keep_retention() -> None:
    """What the categories say about closed reports is done: photos, the reporter's data, at last the report."""
    actions.keep_retention()


@every(timedelta(hours=1))
@job()
def keep_open_data() -> None:
    """The open data are of this month, and without what is no longer public."""
    actions.refresh_open_data()


@every(timedelta(hours=1))
@job()
def send_weekly_letters() -> None:
    """On Mondays whoever asked for it reads what is new in their part of the town."""
    actions.send_weekly()


@every(timedelta(hours=6))
@job()
def forget_lookouts() -> None:
    """Who had a report open an hour ago is of no interest any more."""
    actions.forget_lookouts()


@every(timedelta(days=1))
@job(max_attempts=2)
def index_public_reports() -> None:
    """The overall search finds exactly what is public: also after an update, a restored backup, or changed categories."""
    documents.index_all()
