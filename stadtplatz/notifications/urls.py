from django.urls import path

from stadtplatz.notifications import views

urlpatterns = [
    path("abmelden/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
