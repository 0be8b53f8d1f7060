"""Addresses of what everybody may read, and of the desk pages that decide about it."""

from django.urls import path

from stadtplatz.tickets.views import dashboard, districts, open_data, public, publication

machine_urls = [
    path("anliegen/daten/anliegen-<int:year>.<slug:ending>", open_data.file, name="tickets-open-data-file"),
    path("anliegen/sitemap.xml", public.sitemap, name="tickets-sitemap"),
    path("anliegen/feed.atom", public.feed, name="tickets-feed"),
    path("anliegen/feed/<slug:district>.atom", public.feed, name="tickets-district-feed"),
]

urlpatterns = [
    path("anliegen/liste/", public.public_list, name="tickets-list"),
    path("anliegen/stadtteil/<slug:slug>/", districts.district, name="tickets-district"),
    path("anliegen/woechentlich/", districts.weekly, name="tickets-weekly"),
    path("anliegen/daten/", open_data.page, name="tickets-open-data"),
    path("anliegen/karte/", public.public_map, name="tickets-map"),
    path("anliegen/karte/daten/", public.map_data, name="tickets-map-data"),
    path("anliegen/oeffentlich/<str:number>/", public.public_page, name="tickets-public"),
    path("anliegen/oeffentlich/<str:number>/foto/<int:pk>/", public.public_photo, name="tickets-public-photo"),
    path("desk/anliegen/veroeffentlichen/", publication.queue, name="desk-publication-queue"),
    path("desk/anliegen/veroeffentlichen/viele/", publication.decide_many, name="desk-publication-many"),
    path("desk/anliegen/<str:number>/veroeffentlichen/", publication.edit, name="desk-publication"),
    path("desk/anliegen/<str:number>/nicht-oeffentlich/", publication.take_off, name="desk-publication-off"),
    path("desk/anliegen/auswertung/", dashboard.figures, name="desk-figures"),
]
