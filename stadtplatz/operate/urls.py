from django.conf import settings
from django.urls import path

from stadtplatz.operate import my_data

urlpatterns: list = [
    path("konto/daten/", my_data.overview, name="my-data"),
    path("konto/daten/datei/", my_data.export, name="my-data-export"),
    path("konto/daten/loeschen/", my_data.erase_question, name="my-data-erase"),
    path("konto/daten/geloescht/", my_data.erase, name="my-data-erased"),
]

if settings.DEMO:
    from stadtplatz.operate.demo import views

    urlpatterns += [
        path("demo/rolle/", views.change_role, name="demo-role"),
        path("demo/uhr/", views.move_clock, name="demo-clock"),
        path("demo/briefkasten/", views.mailbox, name="demo-mailbox"),
        path("demo/briefkasten/<int:message_id>/", views.letter, name="demo-letter"),
    ]
