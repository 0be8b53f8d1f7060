"""The forms of sign-in in our words: labels that say what to type, no placeholders, one password field."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("Your email address"),
    "email": _("Your email address"),
    "password": _("Password"),
    "password1": _("Password"),
    "oldpassword": _("Your present password"),
    "remember": _("Stay signed in on this device for two weeks"),
    "code": _("Code"),
}


class Plain:
    """Gives the fields our labels and helps."""

    fields: dict[str, forms.Field]
    helps: dict[str, Any] = {}
    labels: dict[str, Any] = {}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name) or LABELS.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            if name in {"login", "email"}:
                field.widget.attrs |= {"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}
            if name == "code":
                field.widget.attrs |= {"autocomplete": "one-time-code", "spellcheck": "false", "maxlength": "20"}


NEW_PASSWORD = _("At least 10 characters. A short sentence is good and easy to remember.")
MAIL_CODE = _("Six digits from the email. Spaces do not matter.")
APP_CODE = _("Six digits from your authenticator app, or one of your recovery codes.")


class LoginForm(Plain, account.LoginForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].required = True


class SignupForm(Plain, account.SignupForm):
    labels = {"password1": _("Password")}
    helps = {
        "email": _("We send a code to this address, to see that it is yours."),
        "password1": _("At least 10 characters. Without a password you sign in with a code that we send you by email."),
    }

    def try_save(self, request):
        """As long for an address that has an account as for a new one: hash the password in any case."""
        if self.account_already_exists and self.cleaned_data.get("password1"):
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class RequestLoginCodeForm(Plain, account.RequestLoginCodeForm):
    helps = {"email": _("We send you a code. You need no password.")}


class ConfirmLoginCodeForm(Plain, account.ConfirmLoginCodeForm):
    helps = {"code": MAIL_CODE}


class ConfirmEmailVerificationCodeForm(Plain, account.ConfirmEmailVerificationCodeForm):
    helps = {"code": MAIL_CODE}


class AddEmailForm(Plain, account.AddEmailForm):
    labels = {"email": _("New email address")}
    helps = {"email": _("We send a code there. Until you have typed it, your present address stays.")}


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    labels = {"password1": _("New password")}
    helps = {"password1": NEW_PASSWORD}


class SetPasswordForm(Plain, account.SetPasswordForm):
    helps = {"password1": NEW_PASSWORD}


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    helps = {"email": _("We send you a link with which you choose a new password.")}


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):
    labels = {"password1": _("New password")}
    helps = {"password1": NEW_PASSWORD}


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    pass


class AuthenticateForm(Plain, mfa.AuthenticateForm):
    helps = {"code": APP_CODE}


class ReauthenticateByCodeForm(Plain, mfa.ReauthenticateForm):
    helps = {"code": APP_CODE}


class ActivateTOTPForm(Plain, totp.ActivateTOTPForm):
    labels = {"code": _("Code from the app")}
    helps = {"code": _("Six digits. They change every 30 seconds.")}


class ProfileForm(forms.Form):
    """Name and language."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        required=False,
        help_text=_("So we address you in emails, and staff read it with your errands. It stands on no public page."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language of our emails"),
        choices=[pair for pair in settings.LANGUAGES if pair[0] in settings.SITE_LANGUAGES],
        widget=forms.RadioSelect,
    )
