"""All settings of Stadtplatz. Every environment variable is declared once here, with its sentence; see docs/settings.md."""

from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from stadtplatz import environment as env
from stadtplatz.domains import DOMAINS

PACKAGE = Path(__file__).resolve().parent

MODE = env.text(
    "STADTPLATZ_MODE",
    "demo",
    "production, demo or test. Only demo shows the demo bar; only production insists on safe values.",
)
if MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured(f"STADTPLATZ_MODE must be production, demo or test, not {MODE!r}.")
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
DEBUG = False

VAR = Path(
    env.text("VAR", "var", "Folder for the state of this installation: SQLite file, media, logs, clock of the demo.")
).resolve()
CITY_PACKS = [
    Path(p) for p in env.names("STADTPLATZ_CITY_PACKS", "", "Further folders with city packs, separated by commas.")
]
CITY_PACKS.append(PACKAGE / "cities")

SECRET_KEY = env.text(
    "STADTPLATZ_SECRET_KEY", "", "Secret for signatures; at least 50 random characters. Required in production."
)
if not SECRET_KEY:
    if PRODUCTION:
        raise ImproperlyConfigured("STADTPLATZ_SECRET_KEY is required in production. Make one with: stadtplatz secret")
    SECRET_KEY = "demo-and-test-only-" + "0123456789abcdef" * 4

BASE_URL = env.text(
    "STADTPLATZ_BASE_URL",
    "http://localhost:8000",
    "Address under which people reach this site; used in mails, letters and QR codes.",
).rstrip("/")
HTTPS = BASE_URL.startswith("https://")
if PRODUCTION and not HTTPS:
    raise ImproperlyConfigured("STADTPLATZ_BASE_URL must start with https:// in production.")
ALLOWED_HOSTS = env.names(
    "STADTPLATZ_HOSTS",
    "",
    "Host names this site answers to, separated by commas; default: the host of STADTPLATZ_BASE_URL (and all in demo).",
)
_host = BASE_URL.split("://", 1)[1].split("/", 1)[0].rsplit(":", 1)[0]
if not ALLOWED_HOSTS:
    ALLOWED_HOSTS = [_host] if PRODUCTION else ["*"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
TRUSTED_PROXIES = env.names(
    "STADTPLATZ_TRUSTED_PROXIES",
    "",
    "Addresses or networks of reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed; unix for a socket.",
)

WEBHOOKS_TO_PRIVATE = env.flag(
    "STADTPLATZ_WEBHOOKS_TO_PRIVATE", False, "Allow web hooks to http and to addresses in private networks."
)

# --- database -------------------------------------------------------------------------------------------------------
DATABASE_URL = env.text(
    "DATABASE_URL", "", "sqlite:///path or postgres://user:password@host/name. Default: SQLite in VAR."
)
_database = dj_database_url.parse(
    DATABASE_URL or f"sqlite:///{VAR / 'stadtplatz.sqlite3'}", conn_max_age=60, conn_health_checks=True
)
if _database["ENGINE"].endswith("sqlite3"):
    _database["ENGINE"] = "stadtplatz.kit.sqlite"
    _database["TEST"] = {"NAME": ":memory:"}
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-4000; PRAGMA mmap_size=536870912;",
    }
elif _database["ENGINE"].endswith("postgresql"):
    _database["ENGINE"] = "stadtplatz.kit.postgres"
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- what is installed ----------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    *(f"stadtplatz.{domain}" for domain in DOMAINS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

MIDDLEWARE = [
    "stadtplatz.kit.middleware.RequestId",
    "stadtplatz.kit.middleware.Proxies",
    "stadtplatz.kit.middleware.BodyLimit",
    "stadtplatz.kit.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "stadtplatz.kit.middleware.Maintenance",
    "stadtplatz.kit.pagecache.PageCache",
    "stadtplatz.kit.middleware.ErrorPages",
    "stadtplatz.kit.middleware.SteadyReading",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "stadtplatz.home.languages.SpokenLanguages",
]
PAGE_CACHE = MODE != "test"
ROOT_URLCONF = "stadtplatz.urls"
WSGI_APPLICATION = "stadtplatz.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "stadtplatz.kit.context.page",
                "stadtplatz.home.context.navigation",
                "stadtplatz.operate.context.demo_bar",
            ],
            "builtins": ["stadtplatz.kit.templatetags.kit"],
        },
    }
]

# --- language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "de"
LANGUAGES = [
    ("de", "Deutsch"),
    ("de-simple", "Einfache Sprache"),
    ("en", "English"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ar", "العربية"),
]
SITE_LANGUAGES = ["de", "en"]  # spoken on every page; the others only where a domain says so, see kit/languages.py
LANGUAGES_BIDI = ["ar"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

# --- files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "stadtplatz.kit.assets.Assets"
        if MODE != "test"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

CLAMD = env.text(
    "STADTPLATZ_CLAMD",
    "",
    "Virus scanner clamd: host:port, or the path of its socket. Uploads are closed until it has looked. Empty: pictures are only painted anew, other files stay closed.",
)

# --- mail -----------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text(
    "STADTPLATZ_SMTP_HOST", "", "Mail server. Empty: mails stay in the mailbox of this installation (demo)."
)
EMAIL_PORT = env.number("STADTPLATZ_SMTP_PORT", 587, "Port of the mail server.")
EMAIL_HOST_USER = env.text("STADTPLATZ_SMTP_USER", "", "User at the mail server.")
EMAIL_HOST_PASSWORD = env.text("STADTPLATZ_SMTP_PASSWORD", "", "Password at the mail server.")
EMAIL_USE_TLS = env.flag("STADTPLATZ_SMTP_STARTTLS", True, "Use STARTTLS with the mail server.")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text(
    "STADTPLATZ_MAIL_FROM", "stadtplatz@localhost", "Sender of mails when the city pack names none."
)

IMAP_HOST = env.text(
    "STADTPLATZ_IMAP_HOST",
    "",
    "Mail server from which mails to the city are fetched each minute. Empty: none are fetched.",
)
IMAP_PORT = env.number("STADTPLATZ_IMAP_PORT", 993, "Port of the IMAP server.")
IMAP_SECURITY = env.text("STADTPLATZ_IMAP_SECURITY", "tls", "tls, starttls or none (none only to this machine).")
IMAP_USER = env.text("STADTPLATZ_IMAP_USER", "", "User at the IMAP server.")
IMAP_PASSWORD = env.text("STADTPLATZ_IMAP_PASSWORD", "", "Password at the IMAP server.")
IMAP_FOLDER = env.text("STADTPLATZ_IMAP_FOLDER", "INBOX", "Folder from which mails are fetched.")
IMAP_DONE = env.text(
    "STADTPLATZ_IMAP_DONE", "", "Folder into which fetched mails are moved. Empty: they stay, marked as read."
)
if IMAP_SECURITY not in {"tls", "starttls", "none"}:
    raise ImproperlyConfigured(f"STADTPLATZ_IMAP_SECURITY must be tls, starttls or none, not {IMAP_SECURITY!r}.")
if PRODUCTION and IMAP_SECURITY == "none" and IMAP_HOST not in {"", "127.0.0.1", "::1", "localhost"}:
    raise ImproperlyConfigured("STADTPLATZ_IMAP_SECURITY=none is only for a mail server on this machine.")
MAIL_IN = env.flag(
    "STADTPLATZ_MAIL_IN",
    bool(IMAP_HOST),
    "Mails to the city's address and its plus addresses are read here; mails that do not arrive then come back to the plus address.",
)
MAIL_SERVER = env.text(
    "STADTPLATZ_MAIL_SERVER",
    "",
    "Name of the city's own mail server in Authentication-Results. Empty: no sender is vouched for, each gets one automatic answer a day.",
)

PUSH_SERVICES = env.names(
    "STADTPLATZ_PUSH_SERVICES",
    "fcm.googleapis.com,push.services.mozilla.com,push.apple.com,notify.windows.com",
    "Hosts of the push services of browsers (and what lies below them), separated by commas. Nothing is sent elsewhere.",
)

# --- security -------------------------------------------------------------------------------------------------------
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "stadtplatz.kit.errors.csrf_failed"
SECURE_SSL_REDIRECT = False  # the reverse proxy redirects; see docs/install.md
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["security.W008"]  # TLS redirect is the reverse proxy's, told in docs/install.md
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
MAX_REQUEST_BYTES = 110_000_000  # five pictures of 20 MB and their form
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

STAFF_NEED_SECOND_FACTOR = env.flag(
    "STADTPLATZ_STAFF_SECOND_FACTOR", PRODUCTION, "Staff must sign in with a second factor before the desk opens."
)

# --- allauth --------------------------------------------------------------------------------------------------------
# Sign-in by mail address with a code or a password; see docs/decisions/0012-sign-in.md. Everything not named here is off.
ACCOUNT_ADAPTER = "stadtplatz.notifications.sign_in.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_FORMS = {
    "login": "stadtplatz.accounts.forms.LoginForm",
    "signup": "stadtplatz.accounts.forms.SignupForm",
    "request_login_code": "stadtplatz.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "stadtplatz.accounts.forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "stadtplatz.accounts.forms.ConfirmEmailVerificationCodeForm",
    "add_email": "stadtplatz.accounts.forms.AddEmailForm",
    "change_password": "stadtplatz.accounts.forms.ChangePasswordForm",
    "set_password": "stadtplatz.accounts.forms.SetPasswordForm",
    "reset_password": "stadtplatz.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "stadtplatz.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "stadtplatz.accounts.forms.ReauthenticateForm",
}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
MFA_ADAPTER = "stadtplatz.accounts.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "stadtplatz.accounts.forms.AuthenticateForm",
    "reauthenticate": "stadtplatz.accounts.forms.ReauthenticateByCodeForm",
    "activate_totp": "stadtplatz.accounts.forms.ActivateTOTPForm",
}
LOGIN_REDIRECT_URL = "account-overview"
LOGIN_URL = "account_login"
PASSWORD_RESET_TIMEOUT = 24 * 3600

# --- logs -----------------------------------------------------------------------------------------------------------
LOG_LEVEL = env.text("STADTPLATZ_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "stadtplatz.kit.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
    },
}
# `default` is shared by all processes, because sign-in counts its attempts and remembers used codes in it. Few writes.
# `local` is this process's memory: for pages and whatever may be forgotten.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
