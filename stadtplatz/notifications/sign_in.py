"""How sign-in (django-allauth) speaks to this house: its mails go through our outbox, in our layout and words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.models import Person
from stadtplatz.kit.http import client_ip
from stadtplatz.notifications.actions import notify_address

TEMPLATES = {
    "account/email/login_code": "accounts/mail/login_code",
    "account/email/email_confirmation": "accounts/mail/address_code",
    "account/email/email_confirmation_signup": "accounts/mail/address_code",
    "account/email/account_already_exists": "accounts/mail/account_exists",
    "account/email/unknown_account": "accounts/mail/no_account",
    "account/email/password_reset_key": "accounts/mail/new_password",
}
CHANGES = {
    "account/email/email_changed": _("Your email address was changed."),
    "account/email/email_confirm": _("Your email address was confirmed."),
    "account/email/email_deleted": _("An email address was removed from your account."),
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_set": _("A password was set for your account."),
    "account/email/password_reset": _("Your password was replaced by a new one."),
    "mfa/email/totp_activated": _("A second factor was set up: an authenticator app."),
    "mfa/email/totp_deactivated": _("The second factor was switched off."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made. The old ones no longer work."),
}


class Adapter(DefaultAccountAdapter):
    """Our words, our outbox, our idea of the client's address."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _(
            "Email address and password do not fit together. Please check both, or ask for a code."
        ),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code is not right. Please look again, or ask for a new one."),
        "incorrect_password": _("This password is not right."),
        "invalid_password_reset": _("This link is no longer valid. Please ask for a new one."),
        "too_many_login_attempts": _("That was too often. Please wait five minutes and try again."),
        "rate_limited": _("That was too often. Please wait a moment and try again."),
        "email_taken": _("This address cannot be used."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request)

    def save_user(self, request: HttpRequest, user: Person, form, commit: bool = True) -> Person:
        """A new person reads mails in the language of the page where they signed up."""
        user.language = (get_language() or "de")[:2]
        return super().save_user(request, user, form, commit=commit)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Built on the configured address, never on the request's host name."""
        uid, _dash, rest = key.partition("-")
        return f"{settings.BASE_URL}{reverse('account_reset_password_from_key', kwargs={'uidb36': uid, 'key': rest})}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the mail to the outbox. Each path costs the same reads and writes, whether or not the address has an account."""
        template = TEMPLATES.get(template_prefix, "accounts/mail/changed")
        notify_address(
            address=email,
            template=template,
            language=(get_language() or "de")[:2],
            context={
                "code": context.get("code", ""),
                "what": CHANGES.get(template_prefix, ""),
                "reset_url": context.get("password_reset_url")
                or f"{settings.BASE_URL}{reverse('account_reset_password')}",
                "signup_url": f"{settings.BASE_URL}{reverse('account_signup')}",
                "login_url": f"{settings.BASE_URL}{reverse('account_login')}",
            },
            kind="security",
            capped=not self._is_signed_in(),
        )

    def _is_signed_in(self) -> bool:
        request = allauth_context.request
        return bool(request and request.user.is_authenticated)
