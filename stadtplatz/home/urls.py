from django.urls import path

from stadtplatz.home import views

machine_urls = [path("stadt.css", views.city_style, name="city-style")]

urlpatterns = [
    path("", views.start, name="start"),
    path("stil/", views.style, name="style"),
    path("v/<str:code>/", views.follow, name="follow"),
]
