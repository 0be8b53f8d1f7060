"""Addresses of the town's pages."""

from django.urls import path

from stadtplatz.city.views import addresses, desk, duties, places, tiles

_ORGANISATION = "desk/organisation/"
_DUTIES = "desk/zustaendigkeiten/"
_PLACES = "desk/orte/"

machine_urls = [path("karten/<slug:slug>.pmtiles", tiles.tiles, name="tiles")]

urlpatterns = [
    path("adressen/", addresses.addresses, name="addresses"),
    path(_ORGANISATION, desk.organisation, name="desk-organisation"),
    path(f"{_ORGANISATION}neu/", desk.new_unit, name="desk-unit-new"),
    path(_DUTIES, duties.duties, name="desk-duties"),
    path(f"{_DUTIES}neu/", duties.new_duty, name="desk-duty-new"),
    path(f"{_DUTIES}plan/uebernehmen/", duties.adopt_plan, name="desk-duty-adopt"),
    path(f"{_DUTIES}plan/<int:pk>/verwerfen/", duties.drop_plan, name="desk-duty-drop"),
    path(f"{_DUTIES}<int:pk>/", duties.change_duty, name="desk-duty"),
    path(f"{_DUTIES}<int:pk>/beenden/", duties.end_duty, name="desk-duty-end"),
    path(_PLACES, places.places, name="desk-places"),
    path(f"{_PLACES}<int:pk>/", places.change, name="desk-place"),
    path(f"{_ORGANISATION}funktionen/<int:pk>/", desk.change_function, name="desk-function"),
    path(f"{_ORGANISATION}mitglieder/<int:pk>/", desk.change_member, name="desk-member"),
    path(f"{_ORGANISATION}mitglieder/<int:pk>/beenden/", desk.end_membership, name="desk-member-end"),
    path(f"{_ORGANISATION}mitglieder/<int:pk>/abwesenheit/", desk.note_absence, name="desk-absence-new"),
    path(f"{_ORGANISATION}<slug:slug>/", desk.unit, name="desk-unit"),
    path(f"{_ORGANISATION}<slug:slug>/aendern/", desk.change_unit, name="desk-unit-change"),
    path(f"{_ORGANISATION}<slug:slug>/schliessen/", desk.close_unit, name="desk-unit-close"),
    path(f"{_ORGANISATION}<slug:slug>/funktionen/neu/", desk.new_function, name="desk-function-new"),
    path(f"{_ORGANISATION}<slug:slug>/mitglieder/neu/", desk.invite, name="desk-member-new"),
    path(
        f"{_ORGANISATION}<slug:slug>/abwesenheiten/<int:pk>/streichen/", desk.cancel_absence, name="desk-absence-cancel"
    ),
]
