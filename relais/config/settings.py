"""Django's settings, all derived from the environment (see environment.py)."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.utils.csp import CSP
from psycopg.conninfo import conninfo_to_dict

from relais.config import environment as env
from relais.config import logs

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(env.DATA.text()).absolute()


def _secret_key() -> str:
    """The given key, or one made once and kept beside the data, readable by its owner only."""
    if given := env.SECRET_KEY.text():
        return given
    path = DATA / "secret_key"
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def _database(url: str) -> dict[str, Any]:
    parts = {key: str(value) for key, value in conninfo_to_dict(url or "postgresql:///relais").items()}
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    taken = {ours: parts.pop(theirs, "") for ours, theirs in names.items()}
    return {
        "ENGINE": "relais.config.postgresql",
        **taken,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": parts,
        "TEST": {"TEMPLATE": "template0"},
    }


def _transport(url: str) -> dict[str, Any]:
    """The mailer that really sends, from one address; into the data folder without one."""
    if not url:
        return {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": {"file_path": str(DATA / "mail")}}
    parts = urlsplit(url)
    options = {
        "host": parts.hostname,
        "port": parts.port or 25,
        "timeout": 30,  # a server that hangs is left, and tried again later
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parse_qs(parts.query).get("tls", ["no"])[0] == "yes",
        "use_ssl": parts.scheme == "smtps",
    }
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


SECRET_KEY = _secret_key()
DEBUG = env.DEBUG.yes()
DEMO = env.DEMO.yes()
BASE_URL = env.BASE_URL.text() or f"http://localhost:{env.PORT.number()}"
_HOST = urlsplit(BASE_URL).hostname or "localhost"
SECURE = BASE_URL.startswith("https://")
ALLOWED_HOSTS = [_HOST, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
ROOT_URLCONF = "relais.config.urls"
WSGI_APPLICATION = "relais.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "relais.web",
    "relais.ledger",
    "relais.people",
    "relais.skills",
    "relais.knowledge",
    "relais.maturity",
    "relais.indicators",
    "relais.studio",
    "relais.integrations.calendar",
    "relais.integrations.mail",
    "relais.integrations.stackexchange",
    "relais.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_prose_editor",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "relais.web.middleware.traces",
    "relais.web.middleware.head_as_get",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "relais.web.compression.CompressedPages",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "relais.web.middleware.never_shared",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "relais.web.people.backend.SignedIn",
    "relais.web.middleware.language_and_time",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "relais.web.middleware.Access",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
            "builtins": ["django.templatetags.i18n", "relais.web.templatetags.components", "relais.web.templatetags.shell"],
        },
    }
]

DATABASES = {"default": _database(env.DATABASE_URL.text())}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Languages and time
LANGUAGE_CODE = env.LANGUAGES.words()[0]
LANGUAGES = [(code, {"fr": "Français", "en": "English"}.get(code, code)) for code in env.LANGUAGES.words()]
LOCALE_PATHS = sorted(PACKAGE.glob("**/locale"))
USE_TZ = True
TIME_ZONE = env.TIME_ZONE.text()

# Sign-in (django-allauth)
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["relais.web.people.backend.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
SESSION_ENGINE = "relais.people.sessions"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "relais.web.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_USER_DISPLAY = "relais.web.people.adapter.display_name"
ACCOUNT_RATE_LIMITS = {"kept": "30/m/ip,120/h/ip"}  # beside allauth's own: forms of strangers that wait for a sign-in
ALLAUTH_TRUSTED_PROXY_COUNT = env.TRUSTED_PROXIES.number()
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "relais.web.people.keys.AddKeyForm"}
MFA_TOTP_ISSUER = "Relais"

# What browsers are told
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # a browser's preload list is the choice of whoever owns the domain
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.TRUSTED_PROXIES.number() else None
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "relais.web.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "relais.config.storage.OneStylesheetStorage"
    },
}
WHITENOISE_MAX_AGE = 31_536_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
FILE_UPLOAD_HANDLERS = [
    "relais.web.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Mail: a request only enqueues it, a job hands it to the transport (relais.integrations.mail)
MAILERS = {
    "default": {"BACKEND": "relais.integrations.mail.backend.EnqueuedMail"},
    "transport": _transport(env.MAIL_URL.text()),
}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.MAIL_FROM.text()

# Logs: one JSON object a line, on standard error
LOGGING = logs.LOGGING
