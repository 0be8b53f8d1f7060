"""Addresses of basket, checkout, orders, withdrawal, things put aside, and the shop's side of orders."""

from django.urls import path

from stadtplatz.orders.views import basket, checkout, order, reservation, shop, shop_reservations, withdrawal

urlpatterns = [
    path("warenkorb/", basket.show, name="basket"),
    path("warenkorb/hinzufuegen/", basket.add, name="basket-add"),
    path("warenkorb/aendern/", basket.change, name="basket-change"),
    path("warenkorb/preise/", basket.accept, name="basket-prices"),
    path("kasse/", checkout.slots, name="checkout"),
    path("kasse/kontakt/", checkout.contact, name="checkout-contact"),
    path("kasse/pruefen/", checkout.review, name="checkout-review"),
    path("kasse/verlaengern/", checkout.extend, name="checkout-extend"),
    path("kasse/bestellen/", checkout.place, name="checkout-order"),
    path("bestellbedingungen/", checkout.terms, name="order-terms"),
    path("bestellung/<str:secret>/", order.show, name="orders-page"),
    path("bestellung/<str:secret>/stornieren/", order.cancel, name="orders-cancel"),
    path("bestellung/<str:secret>/nachricht/", order.write, name="orders-write"),
    path("bestellung/<str:secret>/widerruf/", withdrawal.of_order, name="orders-withdraw"),
    path("widerruf/", withdrawal.declare, name="withdrawal"),
    path("widerruf/bestaetigen/", withdrawal.confirm, name="withdrawal-confirm"),
    path("laden/<slug:slug>/bestellungen/", shop.days, name="shop-orders"),
    path("laden/<slug:slug>/bestellungen/fertig/", shop.finished, name="shop-orders-finished"),
    path("laden/<slug:slug>/bestellungen/packliste/", shop.packing_list, name="shop-packing-list"),
    path("laden/<slug:slug>/bestellungen/<str:number>/", shop.part, name="shop-order"),
    path("laden/<slug:slug>/bestellungen/<str:number>/wiegen/", shop.weigh, name="shop-order-weigh"),
    path("laden/<slug:slug>/bestellungen/<str:number>/nachricht/", shop.write, name="shop-order-write"),
    path("laden/<slug:slug>/bestellungen/<str:number>/<str:move>/", shop.move, name="shop-order-move"),
    path("zuruecklegen/<int:offer_id>/", reservation.reserve, name="reserve"),
    path("zurueckgelegt/<str:secret>/", reservation.show, name="reservations-page"),
    path("zurueckgelegt/<str:secret>/absagen/", reservation.cancel, name="reservations-cancel"),
    path("zurueckgelegt/<str:secret>/laenger/", reservation.longer, name="reservations-longer"),
    path("laden/<slug:slug>/zurueckgelegt/", shop_reservations.listed, name="shop-reservations"),
    path("laden/<slug:slug>/zurueckgelegt/vorbei/", shop_reservations.over, name="shop-reservations-over"),
    path("laden/<slug:slug>/zurueckgelegt/dauer/", shop_reservations.keep, name="shop-reservations-keep"),
    path("laden/<slug:slug>/zurueckgelegt/<str:number>/", shop_reservations.one, name="shop-reservation"),
    path(
        "laden/<slug:slug>/zurueckgelegt/<str:number>/<str:move>/",
        shop_reservations.move,
        name="shop-reservation-move",
    ),
    path("laden/<slug:slug>/uebergabe/", shop.hand_over, name="shop-hand-over"),
]
