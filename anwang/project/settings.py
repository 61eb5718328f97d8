"""Django settings. Everything that differs between places comes from the environment; see docs/adr/0001 and 0002.

DATA directory of the server's data, keys and built files (default `var` beside the package)
ANWANG_PASSWORD_LENGTH, _KINDS, _DAYS how long a password is (15), of how many kinds of signs (0), for how many days (0:
until somebody else knows it)
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
    "anwang.accounts",
    "anwang.cases",
    "anwang.protection",
    "anwang.followups",
    "anwang.instruments",
    "anwang.plans",
    "anwang.care",
    "anwang.placements",
    "anwang.treatment",
    "anwang.referrals",
    "anwang.intake",
    "anwang.rosters",
    "anwang.uploads",
    "anwang.conferences",
    "anwang.disclosure",
    "anwang.oversight",
    "anwang.subjects",
    "anwang.minutes",
    "anwang.tracking",
    "anwang.indicators",
    "anwang.lab",
    "anwang.funding",
    "anwang.submissions",
    "anwang.deployment",
    "anwang.steering",
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
# Passwords (docs/adr/0080). NIST SP 800-63B-4 §3.1.1: 15 signs, a blocklist, no composition, no routine change.
# 資通系統防護基準 (識別與鑑別): not one of the last three; complexity and a period where the agency sets them.
ANWANG_PASSWORD_LENGTH = int(os.environ.get("ANWANG_PASSWORD_LENGTH", "15"))
ANWANG_PASSWORD_KINDS = int(os.environ.get("ANWANG_PASSWORD_KINDS", "0"))
ANWANG_PASSWORD_DAYS = int(os.environ.get("ANWANG_PASSWORD_DAYS", "0"))
ANWANG_PASSWORDS_KEPT = 3
LOGIN_URL = "/login"
CSRF_FAILURE_VIEW = "anwang.web.shell.errors.csrf_failed"
# Untouched for so long a session locks and asks only who is there, then it ends (資通系統防護基準, 帳號管理: 閒置時間).
ANWANG_VEIL_MINUTES, ANWANG_IDLE_MINUTES = 15, 30
# How long a proof counts before dangerous acts: a choice of this page.
ANWANG_PROOF_MINUTES = 10
# Wrong passwords, and minutes of rest after them (資通系統防護基準, 識別與鑑別: 5次、15分鐘).
ANWANG_LOCK_AFTER, ANWANG_LOCK_MINUTES = 5, 15
# Log-ins that one address may try, within minutes: generous, since an office stands behind one address.
ANWANG_LOGIN_TRIES = (300, 15)
# An invitation: hours until it ends, and wrong codes that end it. A choice of this page.
ANWANG_INVITATION_HOURS, ANWANG_INVITATION_TRIES = 72, 5
# Days of a new quarter within which every account must have been reviewed (帳號定期審查; each quarter is our choice).
ANWANG_REVIEW_DAYS = 14
# Days for which ended sessions and invitations stay to be seen by their owner, and for which he is told at each log-in
# of a way into his account that was added. Choices of this page; the record keeps who came in.
ANWANG_SITTING_DAYS, ANWANG_NEW_WAY_DAYS = 180, 14
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
# Whom outsiders tell of a hole (/.well-known/security.txt): mailto: or https: of the agency.
ANWANG_SECURITY_CONTACT = os.environ.get("ANWANG_SECURITY_CONTACT", "mailto:security@example.org" if DEMO else "")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 0 if DEMO else 365 * 24 * 60 * 60
# A proxy of one's own stands before the server: only then are its headers believed (https, the caller's address).
ANWANG_BEHIND_PROXY = os.environ.get("ANWANG_BEHIND_PROXY") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ANWANG_BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
# Where notes of the audit record are put as well: a directory on another machine, best of another agency.
ANWANG_CHECKPOINT_COPY = os.environ.get("ANWANG_CHECKPOINT_COPY", "")
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
