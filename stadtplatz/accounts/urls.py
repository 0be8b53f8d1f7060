from django.urls import path

from stadtplatz.accounts import views

urlpatterns = [
    path("konto/profil/", views.profile, name="account-profile"),
    path("einladung/<str:token>/", views.invitation, name="invitation"),
]
