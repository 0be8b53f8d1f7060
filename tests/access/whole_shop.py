"""A shop that has one of everything, so that every address of a shop's side leads to something real."""

from datetime import date, time, timedelta

from stadtplatz.accounts.actions import leave_contact
from stadtplatz.appointments.models import Away, Block, Feed, ForeignCalendar
from stadtplatz.appointments.tests.town import chair, entered, haircut
from stadtplatz.catalogue.models import Import
from stadtplatz.kit import clock
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.moderation.tests.builders import notice
from stadtplatz.orders import actions as orders
from stadtplatz.orders.tests.town import actor, member_of, offer_of, open_shop, ordered
from stadtplatz.shops import content
from stadtplatz.shops.models import Branch, Enquiry, SellerTerms, Shop, ShopPicture, StallTime

MOVES = {
    "shop-order-move": "confirm",
    "shop-quote-answer": "decline",
    "shop-reservation-move": "cancel",
    "shop-appointment-advance": "cancel",
}


class WholeShop:
    """`of(address)` are the variables of a named address of this shop's side: the ids of what really is there."""

    def __init__(self, name: str, slug: str) -> None:
        now, soon = clock.now(), clock.now() + timedelta(days=9)
        self.shop = shop = open_shop(name, slug)
        self.owner = member_of(shop)
        self.offer = offer_of(shop)
        self.service = haircut(shop, chair(shop), title="Backkurs")
        resource = shop.resources.get()
        quote = offer_of(shop, "Hochzeitstorte", 0, stock=0, kind="quote")
        order = ordered((self.offer, 2), email=f"anna@{slug}.example")
        start = soon.replace(hour=10, minute=0, second=0, microsecond=0).strftime("%Y-%m-%d %H:%M")
        guest = {"name": "Anna Beispiel", "email": f"anna@{slug}.example"}
        self.numbers = {
            "shop-order": order.number,
            "shop-quote": orders.ask_price(offer=quote, wish="Für 60", by=ANONYMOUS, **guest).number,
            "shop-reservation": orders.reserve(
                offer_id=self.offer.pk, quantity=1, network="192.0.2.7", by=ANONYMOUS, **guest
            ).number,
            "shop-appointment": entered(self.service, resource, start, by=actor(self.owner), at=now).number,
        }
        block = Block.objects.create(resource=resource, starts_at=soon, ends_at=soon + timedelta(hours=1))
        picture = {"picture": "x.jpg", "picture_small": "y.jpg", "width": 8, "height": 8, "alt": "Theke"}
        contact = leave_contact(**guest)
        self.ids = {
            "offer_id": self.offer.pk,
            "resource_id": resource.pk,
            "block_id": block.pk,
            "away_id": Away.objects.create(resource=resource, first=date(2027, 5, 3), last=date(2027, 5, 4)).pk,
            "feed_id": Feed.objects.create(shop=shop, created_at=now).pk,
            "calendar_id": ForeignCalendar.objects.create(
                resource=resource, url="https://kalender.example/a.ics", added_at=now
            ).pk,
            "line_id": order.parts.get().lines.get().pk,
            "run_id": Import.objects.create(shop=shop, file_name="kasse.csv", created_at=now).pk,
            "enquiry_id": Enquiry.objects.create(shop=shop, contact=contact, text="Offen?", created_at=now).pk,
            "branch_id": Branch.objects.create(
                shop=shop, name="Bahnhof", street="Weg 1", postcode="71083", town="H"
            ).pk,
            "picture_id": ShopPicture.objects.create(shop=shop, position=1, **picture).pk,
            "stall_id": StallTime.objects.create(
                shop=shop, weekday=1, begins=time(8), ends=time(12), where="Marktplatz"
            ).pk,
            "member_id": shop.memberships.get().pk,
            "matter_id": notice(content.shop_content(shop), email=f"mia@{slug}.example").matter.pk,
        }
        Shop.objects.filter(pk=shop.pk).update(
            special_days=[{"first": "2027-05-03", "last": "2027-05-03", "times": "", "note": ""}]
        )

    def of(self, address: str, variables: tuple[str, ...]) -> dict[str, object]:
        return {name: self._value(address, name) for name in variables}

    def _value(self, address: str, name: str) -> object:
        if name == "number":
            if address == "shop-terms-accept":
                return SellerTerms.objects.order_by("-number").values_list("number", flat=True).first() or 1
            return next(number for start, number in self.numbers.items() if address.startswith(start))
        if name == "offer_id" and address == "shop-service":
            return self.service.offer_id
        fixed = {"slug": self.shop.slug, "move": MOVES.get(address), "first": "2027-05-03", "code": "tax"}
        return fixed[name] if name in fixed else self.ids[name]
