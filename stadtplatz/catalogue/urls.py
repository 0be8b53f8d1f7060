"""Addresses of the catalogue."""

from django.urls import path

from stadtplatz.catalogue.views import (
    categories,
    favourites,
    imports,
    keys,
    machines,
    noticed,
    prices,
    public,
    quick,
    side,
    watching,
)

urlpatterns = [
    path("einkaufen/", public.market, name="market"),
    path("einkaufen/alles/", public.category, name="offers"),
    path("einkaufen/<slug:slug>/", public.category, name="category"),
    path("angebot/<int:offer_id>-<slug:slug>/", public.offer, name="offer"),
    path("angebot/<int:offer_id>-<slug:slug>/melden/", noticed.notice, name="offer-notice"),
    path("desk/inhalte/angebot/<str:number>/", noticed.decide, name="desk-notice-offer"),
    path("angebot/<int:offer_id>/bescheid/", watching.watch, name="watch-offer"),
    path("bescheid/<str:secret>/", watching.confirm, name="watch"),
    path("gemerkt/", favourites.marked, name="marked"),
    path("gemerkt/merken/", favourites.mark, name="mark"),
    path("gemerkt/vergessen/", favourites.unmark, name="unmark"),
    path("geschaefte/<slug:slug>/", public.shop, name="shop"),
    path("laden/<slug:slug>/angebote/", side.offers, name="shop-offers"),
    path("produkt/<str:gtin>/", quick.product, name="product"),
    path("laden/<slug:slug>/angebote/schnell/", quick.quick, name="shop-offer-quick"),
    path("laden/<slug:slug>/angebote/neu/", side.new, name="shop-offer-new"),
    path("laden/<slug:slug>/angebote/<int:offer_id>/", side.edit, name="shop-offer"),
    path("laden/<slug:slug>/angebote/<int:offer_id>/preise/", prices.prices, name="shop-offer-prices"),
    path("laden/<slug:slug>/angebote/<int:offer_id>/preise/geplant/", prices.plan, name="shop-offer-plan"),
    path("laden/<slug:slug>/angebote/<int:offer_id>/preise/geplant/weg/", prices.drop, name="shop-offer-plan-drop"),
    path("laden/<slug:slug>/angebote/<int:offer_id>/preise/staffel/", prices.steps, name="shop-offer-steps"),
    path("laden/<slug:slug>/angebote/<int:offer_id>/bestand/", side.stock, name="shop-offer-stock"),
    path("laden/<slug:slug>/angebote/<int:offer_id>/variante/", side.variant, name="shop-offer-variant"),
    path("laden/<slug:slug>/angebote/<int:offer_id>/verkauf/", side.sale, name="shop-offer-sale"),
    path("laden/<slug:slug>/angebote/datei/", imports.imports, name="shop-imports"),
    path("laden/<slug:slug>/angebote/datei/<int:run_id>/", imports.one, name="shop-import"),
    path("laden/<slug:slug>/angebote/datei/<int:run_id>/rueckgaengig/", imports.undo, name="shop-import-undo"),
    path("laden/<slug:slug>/angebote/datei/<int:run_id>/bericht.csv", imports.report, name="shop-import-report"),
    path("laden/<slug:slug>/angebote/export/", imports.export, name="shop-export"),
    path("laden/<slug:slug>/angebote/kasse/", keys.machines, name="shop-machines"),
    path("desk/kategorien/", categories.tree, name="desk-categories"),
    path("desk/kategorien/neu/", categories.new, name="desk-category-new"),
    path("desk/kategorien/<slug:code>/", categories.edit, name="desk-category"),
    path("desk/kategorien/<slug:code>/aufloesen/", categories.dissolve, name="desk-category-dissolve"),
    path("laden/<slug:slug>/angebote/kasse/weg/", keys.revoke, name="shop-machines-revoke"),
]
machine_urls = [
    path("feeds/<slug:slug>/merchant.xml", machines.merchant, name="feed-merchant"),
    path("feeds/<slug:slug>/inventory.tsv", machines.inventory, name="feed-inventory"),
]
