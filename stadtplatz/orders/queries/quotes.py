"""Reading questions for a price: by link, by number and code, by who asked, and by the shop."""

from django.db.models import Case, IntegerField, QuerySet, Value, When

from stadtplatz.kit.actors import Actor
from stadtplatz.kit.errands import of_actor, opened_with
from stadtplatz.kit.rows import sole
from stadtplatz.orders import quoting
from stadtplatz.orders.models import Quote
from stadtplatz.shops import rules as shop_rules
from stadtplatz.shops.models import Shop


def by_secret(secret: str) -> Quote | None:
    """What is behind a secret link, with shop and contact."""
    return sole(Quote.objects.filter(secret=secret).select_related("guest", "shop", "offer"))


def by_number_and_code(number: str, code: str) -> Quote | None:
    """What has this number if the typed code is its own. Limits on tries are the caller's."""
    return opened_with(Quote.objects.all(), number, code)


def mine(actor: Actor) -> list[Quote]:
    """What this person or guest asked for, newest first, at most a hundred."""
    return list(of_actor(Quote.objects.all(), actor).select_related("shop").order_by("-asked_at")[:100])


_FIRST = Case(
    When(state=quoting.ASKED, then=Value(0)),
    When(state=quoting.ACCEPTED, then=Value(1)),
    When(state=quoting.OFFERED, then=Value(2)),
    default=Value(3),
    output_field=IntegerField(),
)


def asked_of(shop: Shop) -> QuerySet[Quote]:
    """All questions to a shop: unanswered ones first, then what is wanted, then what waits for the customer, then the rest."""
    return Quote.objects.filter(shop=shop).select_related("guest").order_by(_FIRST, "-state_since", "-pk")


def unanswered(shop: Shop) -> int:
    """How many wait for a price."""
    return Quote.objects.filter(shop=shop, state=quoting.ASKED).count()


def for_shop(slug: str, number: str, actor: Actor) -> Quote | None:
    """The question with this number to this shop, for its owners and staff; None for everybody else."""
    found = Quote.objects.select_related("guest", "shop").filter(shop__slug=slug, number=number).first()
    return found if found and shop_rules.may_manage(actor, found.shop) else None
