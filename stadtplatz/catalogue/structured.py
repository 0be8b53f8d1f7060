"""What search engines read about a shop (schema.org, JSON-LD)."""

import json

from django.utils.safestring import SafeString, mark_safe

from stadtplatz.shops import queries
from stadtplatz.shops.models import Shop

_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def local_business(shop: Shop, url: str) -> SafeString:
    """schema.org LocalBusiness of a listed shop, safe inside a script element."""
    data = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "name": shop.name,
        "url": url,
        "telephone": shop.phone or None,
        "email": shop.email or None,
        "description": shop.description or None,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": shop.street,
            "postalCode": shop.postcode,
            "addressLocality": shop.town,
            "addressCountry": "DE",
        },
        "geo": {"@type": "GeoCoordinates", "longitude": shop.lon, "latitude": shop.lat} if shop.lon else None,
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "opens": f"{begin:%H:%M}",
                "closes": f"{end:%H:%M}",
                "validFrom": str(row.day),
                "validThrough": str(row.day),
            }
            for row in queries.week(shop)
            for begin, end in row.spans
        ],
    }
    text = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 - the signs that could end the script element are escaped
