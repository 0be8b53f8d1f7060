"""Addresses of the house itself, for machines."""

from django.urls import path

from stadtplatz.kit import health, media

machine_urls = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("media/<path:path>", media.public, name="media"),
]
