"""Django settings. Everything that differs between places comes from the environment; see docs/adr/0001 and 0002.

DATA directory of the server's data, keys and built files (default `var` beside the package)
DATABASE_URL, DATABASE_OWNER_URL a PostgreSQL ≥ 15 of your own: the application's log-in, and the owner's for migrations
ANWANG_HOSTS host names served, separated by commas; ANWANG_DEMO=1 invented people, log-in cards and plain http
ANWANG_OUTBOX_PRIVATE=1 messages may go by http and into our own network: for trying out only
ANWANG_LOGIN=owner log in as the owner (set by `anwang migrate`, never for serving)
"""

from __future__ import annotations

import os
from pathlib import Path

from anwang.project import databases, keys, logs

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "anwang"
DATA = Path(os.environ.get("DATA") or ROOT / "var").resolve()
DEMO = os.environ.get("ANWANG_DEMO") == "1"
DEBUG = False

_KEYS = keys.load(DATA)
SECRET_KEY = _KEYS.secret_key
# Named keys for seals and pseudonyms, 32 bytes each: KEYRING["audit"].
KEYRING = _KEYS.ring

INSTALLED_APPS = [
    "anwang.project",
    "anwang.audit",
    "anwang.directory",
    "anwang.access",
    "anwang.enactments",
    "anwang.systems",
    "anwang.people",
    "anwang.documents",
    "anwang.matters",
    "anwang.cases",
    "anwang.intake",
    "anwang.rosters",
    "anwang.uploads",
    "anwang.indicators",
    "anwang.web",
    "anwang.web.shell",
    "anwang.exchange",
    "anwang.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
AUTH_USER_MODEL = "access.Account"

MIDDLEWARE = [
    "anwang.project.health.HealthMiddleware",
    "anwang.exchange.api.door.DoorMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "anwang.project.headers.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "anwang.web.public.middleware.ThrottleMiddleware",
    "anwang.web.middleware.ViewerMiddleware",
]
ROOT_URLCONF = "anwang.project.urls"
WSGI_APPLICATION = "anwang.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted((PACKAGE / "web").glob("*/templates")),
        "OPTIONS": {
            "loaders": [
                (
                    "anwang.web.shell.loading.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": databases.connection(DATA, owner=os.environ.get("ANWANG_LOGIN") == "owner")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/login"
CSRF_FAILURE_VIEW = "anwang.web.shell.errors.csrf_failed"
ANWANG_IDLE_MINUTES = 30
ANWANG_LOCK_AFTER, ANWANG_LOCK_MINUTES = 5, 15
# The public form: (how many, within minutes) one address may send and try receipts; beyond the third only an alarm.
# Generous, since a school or a telephone company stands behind one address.
ANWANG_PUBLIC_REPORTS, ANWANG_PUBLIC_TRIES, ANWANG_PUBLIC_FLOOD = (60, 60), (10, 15), (300, 60)
# Where somebody goes who must leave the page at once: a page that everybody might be reading.
ANWANG_NEUTRAL_PAGE = os.environ.get("ANWANG_NEUTRAL_PAGE", "https://www.cwa.gov.tw/")
# Public languages whose text was read by somebody whose language it is; the others say that it was not.
ANWANG_PUBLIC_LANGUAGES_CHECKED = ("zh-hant", "en")
# In the database, not in the cookie: logging out, or closing an account, must end a session everywhere at once.
SESSION_ENGINE = "anwang.project.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ALLOWED_HOSTS = [name for name in os.environ.get("ANWANG_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if name]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 0 if DEMO else 365 * 24 * 60 * 60
# A proxy of one's own stands before the server: only then are its headers believed (https, the caller's address).
ANWANG_BEHIND_PROXY = os.environ.get("ANWANG_BEHIND_PROXY") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ANWANG_BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
# Messages to other systems may also go by http and into our own network: for trying out only.
OUTBOX_PRIVATE = os.environ.get("ANWANG_OUTBOX_PRIVATE") == "1"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

LANGUAGE_CODE = "zh-hant"
LANGUAGES = [("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = sorted(str(path) for path in PACKAGE.glob("**/locale") if path.is_dir())
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Taipei"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Names carry a hash of the content, so browsers may keep a file for ever and still never see an old one.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# What browsers fetch unasked, served before sessions and pages: a page for it would leave a cookie with everybody.
WHITENOISE_ROOT = PACKAGE / "web" / "shell" / "root"

LOGGING = logs.configuration()
