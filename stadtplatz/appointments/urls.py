"""Addresses of appointments: booking, the page of one, and the shop's side."""

from django.urls import path

from stadtplatz.appointments.views import outside, public, setup, shop, status

_SIDE = "laden/<slug:slug>/termine/"

machine_urls = [path("kalender/<str:secret>.ics", outside.feed, name="appointment-feed")]

urlpatterns = [
    path("termin/neu/<int:offer_id>/", public.choose, name="appointment-new"),
    path("termin/neu/<int:offer_id>/kontakt/", public.contact, name="appointment-contact"),
    path("termin/<str:secret>/", status.show, name="appointment"),
    path("termin/<str:secret>/verschieben/", status.move, name="appointment-move"),
    path("termin/<str:secret>/absagen/", status.cancel, name="appointment-cancel"),
    path("termin/<str:secret>/erinnerung/", status.reminder, name="appointment-reminder"),
    path("termin/<str:secret>/termin.ics", status.download, name="appointment-file"),
    path(_SIDE, shop.calendar, name="shop-appointments"),
    path(f"{_SIDE}neu/", shop.enter, name="shop-appointment-enter"),
    path(f"{_SIDE}sperren/", shop.block, name="shop-block"),
    path(f"{_SIDE}sperren/<int:block_id>/weg/", shop.unblock, name="shop-unblock"),
    path(f"{_SIDE}kalender/", setup.overview, name="shop-calendars"),
    path(f"{_SIDE}kalender/neu/", setup.resource_new, name="shop-calendar-new"),
    path(f"{_SIDE}kalender/<int:resource_id>/", setup.resource, name="shop-calendar"),
    path(f"{_SIDE}kalender/<int:resource_id>/abwesend/", setup.away, name="shop-away"),
    path(f"{_SIDE}kalender/<int:resource_id>/abwesend/<int:away_id>/weg/", setup.away_drop, name="shop-away-drop"),
    path(f"{_SIDE}verbinden/", outside.connections, name="shop-connections"),
    path(f"{_SIDE}verbinden/adresse/", outside.feed_new, name="shop-feed-new"),
    path(f"{_SIDE}verbinden/adresse/<int:feed_id>/weg/", outside.feed_drop, name="shop-feed-drop"),
    path(f"{_SIDE}verbinden/kalender/", outside.foreign_new, name="shop-foreign-new"),
    path(f"{_SIDE}verbinden/kalender/<int:calendar_id>/weg/", outside.foreign_drop, name="shop-foreign-drop"),
    path(f"{_SIDE}leistungen/neu/", setup.service_new, name="shop-service-new"),
    path(f"{_SIDE}leistungen/<int:offer_id>/", setup.service, name="shop-service"),
    path(f"{_SIDE}<str:number>/", shop.one, name="shop-appointment"),
    path(f"{_SIDE}<str:number>/verschieben/", shop.move, name="shop-appointment-move"),
    path(f"{_SIDE}<str:number>/<slug:move>/", shop.advance, name="shop-appointment-advance"),
]
