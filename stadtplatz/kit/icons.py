"""The line icons of the house: one calm 24 x 24 set, drawn for it, set into the page as SVG so that they take the text's colour."""

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PATHS: dict[str, str] = {
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "basket": '<path d="M3 10h18l-2 9.5H5zM8 10l3-6M16 10l-3-6M9.5 13.5v3M14.5 13.5v3"/>',
    "bookmark": '<path d="M6 4h12v16l-6-4.5L6 20z"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5"/>',
    "desk": '<path d="M3 9h18M5 9v11M19 9v11M12 9v11M12 14h7M8 9V5h8v4"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.5v.1"/>',
    "success": '<circle cx="12" cy="12" r="9"/><path d="m8 12.5 3 3 5.5-6.5"/>',
    "warning": '<path d="M12 3.5 22 20.5H2zM12 10v5M12 17.700v.1"/>',
    "danger": '<path d="M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 7.5v6M12 16.5v.1"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.5l3.5 2"/>',
    "place": '<path d="M12 21.5c-4-4.5-7-8-7-11.5a7 7 0 0 1 14 0c0 3.5-3 7-7 11.5z"/><circle cx="12" cy="10" r="2.5"/>',
    "crosshair": '<circle cx="12" cy="12" r="6"/><path d="M12 2.5V8M12 16v5.5M2.5 12H8M16 12h5.5"/>',
    "camera": '<path d="M3 8h4l2-3h6l2 3h4v11H3z"/><circle cx="12" cy="13" r="3.5"/>',
    "phone": '<path d="M6 3h3.5l1.5 5-2.5 1.5c1 2.5 3.5 5 6 6L16 13l5 1.5V18c0 2-1.5 3-3 3C10 20.5 3.5 14 3 6c0-1.5 1-3 3-3z"/>',
    "mail": '<path d="M3 6h18v12H3zM3.5 6.5 12 13l8.5-6.5"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.700 0l3.5-3.5a4 4 0 0 0-5.700-5.700L12 6.300M14 10a4 4 0 0 0-5.700 0l-3.5 3.5a4 4 0 0 0 5.700 5.700L12 17.700"/>',
    "shop": '<path d="M4 10v10h16V10M3 10l2-6h14l2 6c0 1.5-1.200 2.5-3 2.5s-3-1-3-2.5c0 1.5-1.200 2.5-3 2.5S9 11.5 9 10c0 1.5-1.200 2.5-3 2.5S3 11.5 3 10zM10 20v-5h4v5"/>',
    "town-hall": '<path d="M3 20.5h18M5 20.5V10h14v10.5M4 10l8-6 8 6M9 20.5V14M12 20.5V14M15 20.5V14M12 4V2"/>',
    "report": '<path d="M4 21V4M4 5c5-3 8 3 15 0v10c-7 3-10-3-15 0"/>',
    "list": '<path d="M9 6h11M9 12h11M9 18h11M4.5 6v.1M4.5 12v.1M4.5 18v.1"/>',
    "map": '<path d="m3 6 6-2.5 6 2.5 6-2.5v14.5L15 20.5 9 18l-6 2.5zM9 3.5V18M15 6v14.5"/>',
    "arrow": '<path d="M4 12h15M13 6l6 6-6 6"/>',
    "back": '<path d="M20 12H5M11 6l-6 6 6 6"/>',
    "edit": '<path d="M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM13.5 7l3.5 3.5"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "download": '<path d="M12 4v11M7 10.5l5 5 5-5M4.5 20h15"/>',
    "minus": '<path d="M5 12h14"/>',
    "trash": '<path d="M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5"/>',
    "message": '<path d="M4 4.5h16v12H11l-5 4v-4H4z"/>',
    "lock": '<path d="M5 11h14v9.5H5zM8 11V8a4 4 0 0 1 8 0v3"/>',
    "box": '<path d="M3.5 7.5 12 3l8.5 4.5v9L12 21l-8.5-4.5zM3.5 7.5 12 12l8.5-4.5M12 12v9"/>',
    "tree": '<path d="M12 21v-7M12 14c-4 0-6-2.200-6-5s2.5-6 6-6 6 3.200 6 6-2 5-6 5z"/>',
    "globe": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3.5 3 3.5 15 0 18M12 3c-3.5 3-3.5 15 0 18"/>',
    "print": '<path d="M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7z"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10.5h16M8 3.5v4M16 3.5v4"/>',
    "euro": '<path d="M18.5 6.5A7 7 0 0 0 7 12a7 7 0 0 0 11.5 5.5M4 10.5h9M4 13.5h9"/>',
}

DIRECTED = frozenset({"arrow", "back"})
"""Icons that point along the line of reading; they are turned round where it runs from right to left."""


@cache
def svg(name: str, css: str = "") -> SafeString:
    """The icon as decoration (hidden from screen readers); an unknown name raises KeyError so that it is noticed."""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">{}</svg>',
        (" icon--directed" if name in DIRECTED else "") + (f" {css}" if css else ""),
        mark_safe(PATHS[name]),  # noqa: S308 - our own constant, nothing typed by anybody
    )
