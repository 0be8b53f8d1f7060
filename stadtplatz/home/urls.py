from django.urls import path

from stadtplatz.home.views import desk, following, public, robots, search, shop

machine_urls = [
    path("stadt.css", public.city_style, name="city-style"),
    path("stadt.svg", public.mark, name="city-mark"),
    path("stadt-<int:size>.png", public.mark_pixels, name="city-mark-pixels"),
    path("stadt.webmanifest", public.manifest, name="city-manifest"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.index, name="sitemap"),
    path("sitemap-<slug:code>-<int:number>.xml", robots.section, name="sitemap-section"),
    path("favicon.ico", public.favicon, name="favicon"),
]

urlpatterns = [
    path("", public.start, name="start"),
    path("fuer-betriebe/", public.for_shops, name="for-shops"),
    path("finden/", following.find, name="find"),
    path("meine/", following.mine, name="mine"),
    path("meine/behalten/", following.keep, name="mine-keep"),
    path("meine/vergessen/", following.forget, name="mine-forget"),
    path("v/<str:code>/", following.follow, name="follow"),
    path("desk/", desk.desk, name="desk"),
    path("laden/<slug:slug>/", shop.home, name="shop-side"),
    path("impressum/", public.text, {"slug": "impressum"}, name="imprint"),
    path("datenschutz/", public.text, {"slug": "datenschutz"}, name="privacy"),
    path("nutzungsbedingungen/", public.text, {"slug": "nutzungsbedingungen"}, name="terms"),
    path("barrierefreiheit/", public.text, {"slug": "barrierefreiheit"}, name="accessibility"),
    path("widerrufsbelehrung/", public.text, {"slug": "widerrufsbelehrung"}, name="withdrawal-text"),
    path("suche/", search.search, name="search"),
    path("suche/vorschlaege/", search.suggestions, name="search-suggestions"),
    path("suche/erklaerung/", search.explanation, name="search-explanation"),
    path("stil/", public.style, name="style"),
]
