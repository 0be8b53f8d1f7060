"""Whether the sender's domain stands for a mail, as far as our own mail server says so (Authentication-Results, RFC 8601)."""

import re
from email.message import EmailMessage

from django.conf import settings


def is_authentic(mail: EmailMessage, sender: str) -> bool:
    """True if the topmost result was written by the server in STADTPLATZ_MAIL_SERVER, and DMARC passed, or SPF or DKIM for the
    sender's own domain. Results further down could have been written by anybody.
    """
    server, domain = settings.MAIL_SERVER.lower(), sender.rpartition("@")[2].lower()
    results = [str(value) for name, value in mail.raw_items() if name.lower() == "authentication-results"]
    if not server or not domain or not results:
        return False
    said = " ".join(re.sub(r"\([^()]*\)", " ", results[0]).lower().split())
    if said.split(";")[0].split()[:1] != [server]:
        return False
    return any(_stands_for(part.strip(), domain) for part in said.split(";")[1:])


def _stands_for(result: str, domain: str) -> bool:
    if result.startswith("dmarc=pass"):
        return _named(result, r"header\.from", domain)
    if result.startswith("dkim=pass"):
        return _named(result, r"header\.(?:d|i)", domain)
    return result.startswith("spf=pass") and _named(result, r"smtp\.(?:mailfrom|helo)", domain)


def _named(result: str, field: str, domain: str) -> bool:
    """Whether the result speaks of this very domain."""
    found = re.search(rf"\b{field}\s*=\s*\"?(?:[^\s@;\"]*@)?([^\s;\"]+)", result)
    return found is not None and found[1].rstrip(".") == domain
