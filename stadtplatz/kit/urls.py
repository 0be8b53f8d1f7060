"""Addresses of the house itself, for machines."""

from django.urls import path

from stadtplatz.kit import media

machine_urls = [
    path("media/<path:path>", media.public, name="media"),
]
