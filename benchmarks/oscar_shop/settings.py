"""Oscar as its documentation sets it up: all its apps, Whoosh as the search engine of its sandbox, production settings of Django."""

import os
from pathlib import Path

from oscar.defaults import *  # noqa: F403 - so its documentation says

STATE = Path(os.environ["OSCAR_STATE"])
SECRET_KEY = "only-for-measuring"
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "benchmarks.oscar_shop.urls"
SITE_ID = 1
USE_TZ = True
LANGUAGE_CODE = "de"
STATIC_URL = "/static/"
MEDIA_ROOT = STATE / "media"
MEDIA_URL = "/media/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.flatpages",
    *("oscar.config.Shop", "oscar.apps.analytics.apps.AnalyticsConfig", "oscar.apps.checkout.apps.CheckoutConfig"),
    *("oscar.apps.address.apps.AddressConfig", "oscar.apps.shipping.apps.ShippingConfig"),
    *("oscar.apps.catalogue.apps.CatalogueConfig", "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig"),
    *("oscar.apps.communication.apps.CommunicationConfig", "oscar.apps.partner.apps.PartnerConfig"),
    *("oscar.apps.basket.apps.BasketConfig", "oscar.apps.payment.apps.PaymentConfig"),
    *("oscar.apps.offer.apps.OfferConfig", "oscar.apps.order.apps.OrderConfig"),
    *("oscar.apps.customer.apps.CustomerConfig", "oscar.apps.search.apps.SearchConfig"),
    *("oscar.apps.voucher.apps.VoucherConfig", "oscar.apps.wishlists.apps.WishlistsConfig"),
    *("oscar.apps.dashboard.apps.DashboardConfig", "oscar.apps.dashboard.reports.apps.ReportsDashboardConfig"),
    *("oscar.apps.dashboard.users.apps.UsersDashboardConfig", "oscar.apps.dashboard.orders.apps.OrdersDashboardConfig"),
    "oscar.apps.dashboard.catalogue.apps.CatalogueDashboardConfig",
    *(
        "oscar.apps.dashboard.offers.apps.OffersDashboardConfig",
        "oscar.apps.dashboard.partners.apps.PartnersDashboardConfig",
    ),
    *("oscar.apps.dashboard.pages.apps.PagesDashboardConfig", "oscar.apps.dashboard.ranges.apps.RangesDashboardConfig"),
    *(
        "oscar.apps.dashboard.reviews.apps.ReviewsDashboardConfig",
        "oscar.apps.dashboard.vouchers.apps.VouchersDashboardConfig",
    ),
    "oscar.apps.dashboard.communications.apps.CommunicationsDashboardConfig",
    "oscar.apps.dashboard.shipping.apps.ShippingDashboardConfig",
    *("widget_tweaks", "haystack", "treebeard", "django_tables2"),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "oscar.apps.basket.middleware.BasketMiddleware",
    "django.contrib.flatpages.middleware.FlatpageFallbackMiddleware",
]
AUTHENTICATION_BACKENDS = [
    "oscar.apps.customer.auth_backends.EmailBackend",
    "django.contrib.auth.backends.ModelBackend",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.apps.search.context_processors.search_form",
                "oscar.apps.checkout.context_processors.checkout",
                "oscar.apps.communication.notifications.context_processors.notifications",
                "oscar.core.context_processors.metadata",
            ]
        },
    }
]
HAYSTACK_CONNECTIONS = {
    "default": {"ENGINE": "haystack.backends.whoosh_backend.WhooshEngine", "PATH": os.environ["OSCAR_INDEX"]}
}

if url := os.environ.get("OSCAR_DATABASE", ""):
    user, rest = url.removeprefix("postgresql://").removeprefix("postgres://").split("@")
    address, name = rest.split("/", 1)
    host, port = address.split(":")
    who, _, password = user.partition(":")
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name.split("?")[0],
            "USER": who,
            "PASSWORD": password,
            "HOST": host,
            "PORT": port,
            "ATOMIC_REQUESTS": True,
            "CONN_MAX_AGE": 60,
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": STATE / "oscar.sqlite3",
            "ATOMIC_REQUESTS": True,
            "OPTIONS": {"timeout": 20},
        }
    }
