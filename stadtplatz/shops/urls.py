"""Addresses of shops."""

from django.urls import path

from stadtplatz.shops.views import claims, desk, hours, public, sellers, side, steps

urlpatterns = [
    path("geschaefte/", public.shop_list, name="shops"),
    path("orte/<int:place_id>/", public.place_page, name="place"),
    path("orte/<int:place_id>/uebernehmen/", claims.claim, name="place-claim"),
    path("orte/<int:place_id>/code/", claims.code, name="place-code"),
    path("orte/<int:place_id>/entfernen/", claims.removal, name="place-removal"),
    path("austragen/<str:secret>/", claims.letter_removal, name="letter-removal"),
    path("geschaefte/<slug:slug>/rechtliches/<slug:word>/", public.shop_text, name="shop-text"),
    path("geschaefte-neu/", claims.new_business, name="new-business"),
    path("laden/", side.my_shops, name="my-shops"),
    path("laden/<slug:slug>/", side.home, name="shop-side"),
    path("laden/<slug:slug>/profil/", side.profile, name="shop-profile"),
    path("laden/<slug:slug>/einrichten/", steps.overview, name="shop-setup"),
    path("laden/<slug:slug>/einrichten/vorlegen/", steps.submit, name="shop-submit"),
    path("laden/<slug:slug>/einrichten/beschwerde/", steps.complain, name="shop-complain"),
    path("laden/<slug:slug>/einrichten/<slug:code>/", steps.step, name="shop-step"),
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
    path("desk/geschaefte/anbieter/", sellers.files, name="desk-sellers"),
    path("desk/geschaefte/anbieter/<slug:slug>/", sellers.file, name="desk-seller"),
    path("desk/geschaefte/anbieter/<slug:slug>/freigeben/", sellers.approve, name="desk-seller-approve"),
    path("desk/geschaefte/anbieter/<slug:slug>/<slug:what>/", sellers.judge, name="desk-seller-judge"),
    path("desk/geschaefte/beschwerden/<int:complaint_id>/", sellers.complaint, name="desk-seller-complaint"),
    path("desk/geschaefte/briefe/", desk.letters, name="desk-shops-letters"),
]
