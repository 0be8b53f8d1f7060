"""What follows in the catalogue when a shop opens, pauses or is renamed."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.catalogue import actions, queries
from stadtplatz.catalogue.models import StockQuestion, Watch, Wish
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.notifications import actions as notifications
from stadtplatz.shops import rules as shop_rules
from stadtplatz.shops.models import Membership, Shop


@reacts_to("shops.moved", "shops.edited", "shops.standing_changed")
def follow_shop(record: Record) -> None:
    """The shop's offers can be found, or no longer, and under its present name."""
    renamed = {"name", "lon", "lat"} & set(record.keys.get("fields", ()))
    if record.verb == "shops.edited" and not renamed:
        return
    if shop := Shop.objects.filter(pk=record.keys["shop"]).first():
        actions.reindex(shop=shop)


@reacts_to("catalogue.lacking", "catalogue.lacking_over")
def tell_of_lacking(record: Record) -> None:
    """Owner and staff read which offers lack what, and by when; and later which of them went off sale."""
    shop = Shop.objects.filter(pk=record.keys["shop"]).first()
    over = record.verb == "catalogue.lacking_over"
    which = {"off_since": record.at} if over else {"told_at": record.at}
    for row in (
        Membership.objects.select_related("person", "shop").filter(shop=shop, role__in=shop_rules.MANAGERS)
        if shop
        else []
    ):
        with translation.override(row.person.language):
            lines = queries.lacking_lines(row.shop, **which)
            offers = [{"title": line.offer.full_title, "lacks": ", ".join(line.labels)} for line in lines]
        if lines:
            notifications.notify(
                to=row.person, template="catalogue/mail/lacking",
                context={"shop": row.shop.name, "over": over, "offers": offers, "until": lines[0].until},
                link=settings.BASE_URL + reverse("shop-lacking", args=[row.shop.slug]), kind="shop", sender="market",
                once=f"{record.pk}:{row.person_id}", at=record.at,
            )  # fmt: skip


@reacts_to("catalogue.watched")
def ask_to_confirm(record: Record) -> None:
    """Whoever reads mail at the address is asked to confirm; nothing else is sent before."""
    watch = Watch.objects.select_related("guest", "offer__shop").filter(pk=record.keys["watch"]).first()
    if watch and watch.guest:
        notifications.notify(
            to=watch.guest,
            template="catalogue/mail/watch",
            context={"offer": watch.offer},
            link=reverse("watch", args=[watch.secret]),
            kind="security",
            sender="market",
            once=f"{record.pk}:watch",
            at=record.at,
        )


@reacts_to("catalogue.stocked", "catalogue.synced", "catalogue.imported", "catalogue.published")
def look_who_waits(record: Record) -> None:
    """Who waits for something that is there again is told at once."""
    actions.tell_who_waits()


@reacts_to("catalogue.back")
def tell_it_is_back(record: Record) -> None:
    """One mail to each who waited."""
    rows = Watch.objects.select_related("guest__person", "person", "offer__shop").filter(pk__in=record.keys["watches"])
    for watch in rows:
        if contact := watch.person or watch.guest:
            notifications.notify(
                to=contact,
                template="catalogue/mail/back",
                context={"offer": watch.offer, "offer_url": f"{settings.BASE_URL}{watch.offer.get_absolute_url()}"},
                link=reverse("watch", args=[watch.secret]),
                sender="market",
                caused_by=SYSTEM,
                once=f"{record.pk}:{watch.pk}",
                at=record.at,
            )


@reacts_to("catalogue.stock_asked")
def ask_managers(record: Record) -> None:
    """Owner and staff get links of their own by which they answer without signing in."""
    question = StockQuestion.objects.select_related("shop").filter(pk=record.keys["question"]).first()
    if question is None:
        return
    rows = queries.counted(queries.asked_offers(question))
    for member in Membership.objects.select_related("person").filter(shop=question.shop, role__in=shop_rules.MANAGERS):
        link = settings.BASE_URL + reverse("stock-question", args=[queries.sign_question(question, member.person)])
        offers = [
            {"title": row.offer.full_title, "count": row.count, "link": f"{link}?angebot={row.offer.pk}"}
            for row in rows
        ]
        notifications.notify(
            to=member.person, template="catalogue/mail/stock.html", context={"shop": question.shop.name, "offers": offers},
            link=link, sender="market", kind="shop", once=f"{record.verb}:{record.pk}:{member.person_id}",
        )  # fmt: skip


@reacts_to("catalogue.wish_told")
def tell_what_is_looked_for(record: Record) -> None:
    """Owner and staff of shops that sell such things read what people look for and do not find."""
    wish = Wish.objects.filter(pk=record.keys["wish"]).first()
    if wish is None:
        return
    team = Membership.objects.select_related("person", "shop").filter(role__in=shop_rules.MANAGERS)
    for member in team.filter(shop__in=queries.shops_selling(wish.category)):
        notifications.notify(
            to=member.person, template="catalogue/mail/wish.html",
            context={"shop": member.shop.name, "text": wish.text, "searches": wish.searches},
            link=settings.BASE_URL + reverse("shop-offer-new", args=[member.shop.slug]), sender="market", kind="shop",
            once=f"{record.verb}:{record.pk}:{member.person_id}",
        )  # fmt: skip
