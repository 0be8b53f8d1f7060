"""Addresses of the engine's own pages."""

from django.urls import re_path

from stadtplatz.cases.views import tasks

TOKEN = r"^aufgabe/(?P<token>[A-Za-z0-9_\-]{22})/"  # noqa: S105 - the shape of a token, not one

urlpatterns = [
    re_path(rf"{TOKEN}$", tasks.task, name="case-task"),
    re_path(rf"{TOKEN}foto/(?P<pk>\d{{1,12}})/$", tasks.photo, name="case-task-photo"),
]
