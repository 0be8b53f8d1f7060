"""Addresses of notices about content. Where notice is given and where it is decided are addresses of the content's own domain."""

from django.urls import path, re_path

from stadtplatz.moderation import views, views_green, views_misuse

SECRET = r"(?P<secret>[A-Za-z0-9_\-]{22})"  # noqa: S105 - the shape of a secret link, not one

urlpatterns = [
    path("inhalte-melden/", views.begin, name="notices"),
    path("inhalte-melden/missbrauch/", views_misuse.public_rules, name="misuse-rules"),
    re_path(rf"^inhalte-melden/massnahme/{SECRET}/$", views_misuse.measure, name="measure"),
    re_path(rf"^inhalte-melden/{SECRET}/$", views.status, name="notice-page"),
    re_path(rf"^inhalte-melden/{SECRET}/beschwerde/$", views.complain, name="notice-complain"),
    path("desk/inhalte/", views.desk, name="desk-notices"),
    path("desk/inhalte/arten/", views.grounds, name="desk-notices-grounds"),
    path("desk/inhalte/arten/neu/", views.ground, name="desk-notices-ground-new"),
    path("desk/inhalte/arten/<slug:code>/", views.ground, name="desk-notices-ground"),
    path("desk/inhalte/umweltaussagen/worte/neu/", views_green.word, name="desk-green-word-new"),
    path("desk/inhalte/umweltaussagen/worte/<int:pk>/", views_green.word, name="desk-green-word"),
    path("desk/inhalte/missbrauch/", views_misuse.desk, name="desk-misuse"),
    path("desk/inhalte/missbrauch/regeln/<slug:side>/", views_misuse.rule, name="desk-misuse-rule"),
    path("desk/inhalte/missbrauch/massnahme/<int:pk>/<slug:what>/", views_misuse.change, name="desk-misuse-change"),
    path("desk/inhalte/missbrauch/<slug:side>/<str:subject>/", views_misuse.subject, name="desk-misuse-subject"),
    path("desk/inhalte/zahlen/", views.figures, name="desk-notices-figures"),
    path("desk/inhalte/zahlen/<int:year>/", views.figures, name="desk-notices-figures-year"),
    path("desk/inhalte/bild/<int:pk>/<slug:what>/", views.picture, name="desk-notices-picture"),
]
