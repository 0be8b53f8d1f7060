"""Recording facts, and telling other systems of them.

What is recorded are verbs, ids, codes, and the pseudonymous key of whoever acted; only `accounts` can say who that was, and after
an erasure nobody can. So nothing in this domain has to be erased: the trail stays whole and speaks of nobody.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit import webhooks
from stadtplatz.audit.facts import REGISTRY, Fact
from stadtplatz.audit.models import Endpoint, Record, new_secret
from stadtplatz.kit import clock, outside, pagecache
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.jobs import enqueue_all
from stadtplatz.kit.refusals import ActionRefused

OLD_SECRET_FOR = timedelta(days=1)
MOST_AGAIN = 10_000
_CODE = re.compile(r"[A-Za-z0-9_.:\-]{0,80}")


def record(fact: Fact, *, subject: models.Model, by: Actor, at: datetime | None = None, **keys: Any) -> Record:
    """Write the fact down in the running transaction and write one job for each reaction to it.

    Keys must be declared by the fact and hold ids, codes, numbers, truth values or short lists of them: names, contacts and
    free text stay in the domain's rows where they can be erased (ValueError otherwise). Must run inside a transaction.
    """
    from stadtplatz.audit.reactions import write_down

    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{fact.verb} must be recorded in the transaction of its change.")
    _check(fact, keys)
    row = Record.objects.create(
        verb=fact.verb,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        actor=by.key,
        at=at or clock.now(),
        keys=keys,
    )
    write_down(row)
    if fact.changes_pages:
        pagecache.changed()
    return row


@transaction.atomic
def listen(url: str, *, verbs: Sequence[str]) -> Endpoint:
    """Tell this address of these facts from now on (`tickets.opened`, `tickets.*` or `*`); its secret is in the endpoint returned.

    Refused for addresses that are not https or lead into a private network (unless STADTPLATZ_WEBHOOKS_TO_PRIVATE is set) and
    for verbs no domain declares. The caller asked whether the acting person runs this installation.
    """
    try:
        parts = outside.checked(url, private=settings.WEBHOOKS_TO_PRIVATE)
        outside.resolve(str(parts.hostname), parts.port or 443, private=settings.WEBHOOKS_TO_PRIVATE)
    except (outside.Undeliverable, OSError, ValueError):
        raise ActionRefused(
            _("A web hook needs an https address on the public internet."), code="no-public-address"
        ) from None
    known = {"*"} | set(REGISTRY) | {f"{verb.split('.')[0]}.*" for verb in REGISTRY}
    if not verbs or not set(verbs) <= known:
        raise ActionRefused(_("Nothing of this name is ever recorded."), code="unknown-verb")
    endpoint = Endpoint.objects.create(url=url, verbs=list(verbs))
    webhooks.forget()
    return endpoint


def stop_listening(endpoint_id: int) -> None:
    """Forget the endpoint; messages still waiting for it are dropped when their turn comes."""
    Endpoint.objects.filter(pk=endpoint_id).delete()
    webhooks.forget()


@transaction.atomic
def rotate_secret(endpoint_id: int, *, at: datetime | None = None) -> None:
    """Messages are signed with a new secret from now on, and for a day with the old one too, so that the receiver can follow."""
    endpoint = Endpoint.objects.select_for_update().filter(pk=endpoint_id).first()
    if endpoint is not None:
        endpoint.old_secret, endpoint.old_secret_until = endpoint.secret, (at or clock.now()) + OLD_SECRET_FOR
        endpoint.secret = new_secret()
        endpoint.save(update_fields=["secret", "old_secret", "old_secret_until"])


def try_endpoint(endpoint_id: int) -> None:
    """A worker sends an empty message; what came of it stands among the deliveries."""
    webhooks.ping.enqueue(endpoint_id, key=f"ping:{endpoint_id}")


@transaction.atomic
def send_again(endpoint_id: int, *, since: datetime) -> int:
    """The endpoint is told once more of every fact since then that it wants, in their order; returns how many.

    It is switched on if it was off. Refused for more than 10,000 facts.
    """
    endpoint = Endpoint.objects.select_for_update().get(pk=endpoint_id)
    rows = Record.objects.filter(at__gte=since).order_by("id").values_list("id", "verb")
    wanted = [pk for pk, verb in rows.iterator() if endpoint.wants(verb)]
    if len(wanted) > MOST_AGAIN:
        raise ActionRefused(_("That is too much at once. Please choose a later beginning."), code="too-much")
    Endpoint.objects.filter(pk=endpoint_id).update(active=True)
    enqueue_all(webhooks.deliver.row(endpoint_id, pk) for pk in wanted)
    webhooks.forget()
    return len(wanted)


def _check(fact: Fact, keys: dict[str, Any]) -> None:
    if unknown := set(keys) - fact.keys:
        raise ValueError(f"{fact.verb} does not allow the keys {sorted(unknown)}.")
    for name, value in keys.items():
        values = value if isinstance(value, (list, tuple)) else [value]
        if len(values) > 100 or not all(_harmless(item) for item in values):
            raise ValueError(f"{fact.verb}: {name} must hold ids and codes, not {value!r}.")


def _harmless(value: Any) -> bool:
    return value is None or isinstance(value, (bool, int)) or (isinstance(value, str) and bool(_CODE.fullmatch(value)))
