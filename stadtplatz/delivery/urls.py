"""Addresses of collection times."""

from django.urls import path

from stadtplatz.delivery import views

urlpatterns = [path("laden/<slug:slug>/abholung/", views.point, name="shop-pickup")]
