from django.urls import path

from stadtplatz.notifications import views

machine_urls = [path("glocke.js", views.bell_worker, name="bell-worker")]

urlpatterns = [
    path("konto/", views.overview, name="account-overview"),
    path("konto/nachrichten/", views.messages_page, name="messages"),
    path("konto/nachrichten/<int:pk>/", views.message_page, name="message-page"),
    path("konto/benachrichtigungen/", views.kinds_page, name="message-kinds"),
    path("abmelden/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
