from django.conf import settings
from django.urls import path

from stadtplatz.operate import interfaces, machine_room, my_data

urlpatterns: list = [
    path("konto/daten/", my_data.overview, name="my-data"),
    path("konto/daten/datei/", my_data.export, name="my-data-export"),
    path("konto/daten/loeschen/", my_data.erase_question, name="my-data-erase"),
    path("konto/daten/geloescht/", my_data.erase, name="my-data-erased"),
    path("desk/betrieb/", machine_room.room, name="desk-machine-room"),
    path("desk/betrieb/auftraege/<int:job_id>/nochmal/", machine_room.replay, name="desk-machine-replay"),
    path("desk/betrieb/auftraege/<int:job_id>/verwerfen/", machine_room.discard, name="desk-machine-discard"),
    path("desk/schnittstellen/", interfaces.overview, name="desk-interfaces"),
    path("desk/schnittstellen/programme/", interfaces.new_client, name="desk-client-new"),
    path("desk/schnittstellen/programme/<int:pk>/schluessel/", interfaces.rekey, name="desk-client-rekey"),
    path("desk/schnittstellen/programme/<int:pk>/sperren/", interfaces.revoke, name="desk-client-revoke"),
    path("desk/schnittstellen/melder/", interfaces.new_hook, name="desk-hook-new"),
    path("desk/schnittstellen/melder/<int:pk>/", interfaces.hook, name="desk-hook"),
    path("desk/schnittstellen/melder/<int:pk>/probe/", interfaces.try_hook, name="desk-hook-test"),
    path("desk/schnittstellen/melder/<int:pk>/nochmal/", interfaces.send_again, name="desk-hook-again"),
    path("desk/schnittstellen/melder/<int:pk>/geheimnis/", interfaces.rotate, name="desk-hook-rotate"),
    path("desk/schnittstellen/melder/<int:pk>/ende/", interfaces.end_hook, name="desk-hook-end"),
]

if settings.DEMO:
    from stadtplatz.operate.demo import views

    urlpatterns += [
        path("demo/rolle/", views.change_role, name="demo-role"),
        path("demo/uhr/", views.move_clock, name="demo-clock"),
        path("demo/briefkasten/", views.mailbox, name="demo-mailbox"),
        path("demo/briefkasten/<int:message_id>/", views.letter, name="demo-letter"),
    ]
