from django.conf import settings
from django.urls import path

urlpatterns: list = []

if settings.DEMO:
    from stadtplatz.operate.demo import views

    urlpatterns = [
        path("demo/rolle/", views.change_role, name="demo-role"),
        path("demo/uhr/", views.move_clock, name="demo-clock"),
        path("demo/briefkasten/", views.mailbox, name="demo-mailbox"),
        path("demo/briefkasten/<int:message_id>/", views.letter, name="demo-letter"),
    ]
