from django.conf import settings
from django.urls import path

from stadtplatz.operate import machine_room, my_data

urlpatterns: list = [
    path("konto/daten/", my_data.overview, name="my-data"),
    path("konto/daten/datei/", my_data.export, name="my-data-export"),
    path("konto/daten/loeschen/", my_data.erase_question, name="my-data-erase"),
    path("konto/daten/geloescht/", my_data.erase, name="my-data-erased"),
    path("desk/betrieb/", machine_room.room, name="desk-machine-room"),
    path("desk/betrieb/auftraege/<int:job_id>/nochmal/", machine_room.replay, name="desk-machine-replay"),
    path("desk/betrieb/auftraege/<int:job_id>/verwerfen/", machine_room.discard, name="desk-machine-discard"),
    path("desk/betrieb/melder/", machine_room.listen, name="desk-machine-hook"),
    path("desk/betrieb/melder/<int:endpoint_id>/ende/", machine_room.stop_listening, name="desk-machine-hook-end"),
]

if settings.DEMO:
    from stadtplatz.operate.demo import views

    urlpatterns += [
        path("demo/rolle/", views.change_role, name="demo-role"),
        path("demo/uhr/", views.move_clock, name="demo-clock"),
        path("demo/briefkasten/", views.mailbox, name="demo-mailbox"),
        path("demo/briefkasten/<int:message_id>/", views.letter, name="demo-letter"),
    ]
