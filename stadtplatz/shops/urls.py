"""Addresses of shops."""

from django.urls import path

from stadtplatz.shops.views import claims, desk, hours, public, side

urlpatterns = [
    path("geschaefte/", public.shop_list, name="shops"),
    path("orte/<int:place_id>/", public.place_page, name="place"),
    path("orte/<int:place_id>/uebernehmen/", claims.claim, name="place-claim"),
    path("orte/<int:place_id>/code/", claims.code, name="place-code"),
    path("orte/<int:place_id>/entfernen/", claims.removal, name="place-removal"),
    path("austragen/<str:secret>/", claims.letter_removal, name="letter-removal"),
    path("geschaefte-neu/", claims.new_business, name="new-business"),
    path("laden/", side.my_shops, name="my-shops"),
    path("laden/<slug:slug>/", side.home, name="shop-side"),
    path("laden/<slug:slug>/profil/", side.profile, name="shop-profile"),
    path("laden/<slug:slug>/anbieter/", side.legal, name="shop-legal"),
    path("laden/<slug:slug>/oeffnungszeiten/", hours.opening_hours, name="shop-hours"),
    path("laden/<slug:slug>/oeffnungszeiten/tage/", hours.special_days, name="shop-special-days"),
    path(
        "laden/<slug:slug>/oeffnungszeiten/tage/<str:first>/weg/",
        hours.drop_special_days,
        name="shop-special-days-drop",
    ),
    path("laden/<slug:slug>/zustand/", side.move, name="shop-move"),
    path("laden/<slug:slug>/team/", side.members, name="shop-team"),
    path("laden/<slug:slug>/team/<int:member_id>/", side.member, name="shop-member"),
    path("desk/geschaefte/", desk.requests, name="desk-shops"),
    path("desk/geschaefte/uebernahme/<int:request_id>/", desk.decide_claim, name="desk-shops-claim"),
    path("desk/geschaefte/uebernahme/<int:request_id>/brief/", desk.letter, name="desk-shops-letter"),
    path("desk/geschaefte/uebernahme/<int:request_id>/dokument/", desk.document, name="desk-shops-document"),
    path("desk/geschaefte/entfernung/<int:request_id>/", desk.decide_removal, name="desk-shops-removal"),
    path("desk/geschaefte/entfernung/<int:request_id>/zurueck/", desk.undo_removal, name="desk-shops-undo"),
    path("desk/geschaefte/briefe/", desk.letters, name="desk-shops-letters"),
]
