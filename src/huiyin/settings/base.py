"""Settings of an installation, read from the environment and from HUIYIN_HOME.

    HUIYIN_HOME            folder of keys, database and mail (default ./data/home)
    DATABASE_URL           sqlite:////path or postgresql://… (default: SQLite in the home)
    HUIYIN_HOSTS           host names served, with commas (default: this machine only)
    HUIYIN_HTTPS           1: secure cookies and redirects (default 1 unless every host is this machine)
    HUIYIN_PROXIES         addresses of reverse proxies whose forwarded headers are believed
    HUIYIN_SMTP            smtp://user:password@host:587 for outgoing mail (default: files in the home)
    HUIYIN_MAIL_FROM       sender of outgoing mail
    HUIYIN_SITE_URL        where people reach this installation, for links in letters
    HUIYIN_DEBUG           1: Django's debug pages; refused unless every host is this machine

There is no other file of settings and no default account.
"""

from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from huiyin.storage import home as installation

PACKAGE = Path(__file__).resolve().parent.parent
HOME = installation.home()
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})

# --- who may ask ------------------------------------------------------------------------------------------

ALLOWED_HOSTS = installation.environment_list("HUIYIN_HOSTS", "127.0.0.1,localhost,[::1]")
if any("*" in host for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("HUIYIN_HOSTS must list host names; * is refused.")
LOCAL_ONLY = LOOPBACK.issuperset(ALLOWED_HOSTS)

DEBUG = installation.environment_flag("HUIYIN_DEBUG")
if DEBUG and not LOCAL_ONLY:
    raise ImproperlyConfigured("HUIYIN_DEBUG=1 is refused unless HUIYIN_HOSTS names this machine only.")

HTTPS = installation.environment_flag("HUIYIN_HTTPS", default=not LOCAL_ONLY)
TRUSTED_PROXIES = installation.environment_list("HUIYIN_PROXIES")

SECRET_KEY = installation.secret_key()

# --- what runs --------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "huiyin.storage",
    "huiyin.ledger",
    "huiyin.organisation",
    "huiyin.obligations",
    "huiyin.catalogue",
    "huiyin.documents",
    "huiyin.delivery",
    "huiyin.matters",
    "huiyin.supervision",
    "huiyin.doors",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
]

# Outermost first: the headers also cover what whitenoise, errors and redirects answer.
MIDDLEWARE = [
    "huiyin.doors.headers.SecurityHeaders",
    "csp.middleware.CSPMiddleware",
    "huiyin.doors.headers.TrustedProxies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "huiyin.doors.sessions.SessionLimits",
    "huiyin.doors.language.ChosenLanguage",
    # Nothing above looks into a body; everything below may.
    "huiyin.doors.bodies.BodyLimits",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "huiyin.doors.access.Gate",
]

ROOT_URLCONF = "huiyin.doors.urls"
WSGI_APPLICATION = "huiyin.doors.wsgi.application"

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
            ],
        },
    },
]

# --- storage ----------------------------------------------------------------------------------------------

DATABASES = {"default": installation.database(installation.database_url())}
if DATABASES["default"]["ENGINE"] == installation.SQLITE_ENGINE:
    # An idle SQLite connection costs nothing and opening one costs more than most queries.
    DATABASES["default"]["CONN_MAX_AGE"] = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- accounts and sessions --------------------------------------------------------------------------------

AUTH_USER_MODEL = "organisation.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "/desk/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login",)},
    },
]

# A stranger who guesses wrong locks out himself, at his own address, for a while; never the account.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"  # what `authenticate` is called with, not the model's field
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["password", "login"]
AXES_CLIENT_IP_CALLABLE = "huiyin.doors.headers.client_address"
AXES_LOCKOUT_CALLABLE = "huiyin.doors.refusals.locked_out"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 30 * 60  # seconds without a request
SESSION_LIFETIME = timedelta(hours=12)  # whatever happens; kept by doors.sessions
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

_cookie = "__Host-%s" if HTTPS else "%s"
SESSION_COOKIE_NAME = _cookie % "huiyin"
CSRF_COOKIE_NAME = _cookie % "huiyin-form"
LANGUAGE_COOKIE_NAME = _cookie % "huiyin-language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
CSRF_FAILURE_VIEW = "huiyin.doors.refusals.form_expired"

# --- what every answer carries ----------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
# Only TrustedProxies lets this header through.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- language and time ------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("英语"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- static files, mail, logs -----------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

_smtp_url = ",".join(installation.environment_list("HUIYIN_SMTP"))
_smtp = urlsplit(_smtp_url) if _smtp_url else None
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _smtp else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_HOST = (_smtp.hostname or "") if _smtp else ""
EMAIL_PORT = (_smtp.port or 25) if _smtp else 25
EMAIL_HOST_USER = unquote(_smtp.username or "") if _smtp else ""
EMAIL_HOST_PASSWORD = unquote(_smtp.password or "") if _smtp else ""
EMAIL_USE_SSL = _smtp is not None and _smtp.scheme == "smtps"
EMAIL_USE_TLS = _smtp is not None and _smtp.scheme == "smtp" and EMAIL_PORT == 587  # noqa: PLR2004 - submission
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = ",".join(installation.environment_list("HUIYIN_MAIL_FROM", "huiyin@localhost"))
SITE_URL = ",".join(installation.environment_list("HUIYIN_SITE_URL", "http://127.0.0.1:8000"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "huiyin.settings.logs.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Their own handlers would print the record a second time, unmasked.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "axes": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
