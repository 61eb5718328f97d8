"""What a password must be, and what a browser calls itself. Numbers come from the settings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.utils.translation import gettext as _

OURS = ("anwang", "安網", "password", "passw0rd", "qwerty", "taiwan", "county")
KINDS = (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


def normal(password: str) -> str:
    """The same password on every keyboard: NFKC, as NIST SP 800-63B-4 asks."""
    return unicodedata.normalize("NFKC", password)


def fault_of(password: str, about: Iterable[str]) -> str:
    """What is wrong with a new password, in one sentence; empty when nothing is. `about` are words about its owner."""
    text = normal(password)
    if len(text) < settings.ANWANG_PASSWORD_LENGTH:
        return _("密碼至少要%(n)d個字。可以用一句只有你知道的話。") % {"n": settings.ANWANG_PASSWORD_LENGTH}
    if len(set(text)) <= settings.ANWANG_PASSWORD_LENGTH // settings.ANWANG_PASSWORDS_KEPT:
        return _("重複的字太多，容易猜到。請換一句。")
    if sum(any(map(kind, text)) for kind in KINDS) < settings.ANWANG_PASSWORD_KINDS:
        return _("請混用至少%(n)d種：大寫、小寫、數字、符號。") % {"n": settings.ANWANG_PASSWORD_KINDS}
    if _is_known(text, about):
        return _("這個密碼太容易猜到：常見，或和你、和這個系統有關。")
    return ""


def _is_known(text: str, about: Iterable[str]) -> bool:
    """Whether it is on the list of common ones, or is little more than words about its owner, us, or them repeated."""
    low = text.lower()
    if low in _common():
        return True
    rest = low
    words = sorted({normal(word).lower() for word in (*about, *OURS) if len(word) > 1}, key=len, reverse=True)
    for word in words:
        rest = rest.replace(word, "")
    bare = rest.strip("0123456789 .-_!@#")
    return len(bare) <= len(low) // settings.ANWANG_PASSWORDS_KEPT or bare in _common()


@cache
def _common() -> frozenset[str]:
    """Django's list of 20,000 common passwords."""
    return frozenset(CommonPasswordValidator().passwords)


def browser_of(agent: str) -> str:
    """Firefox・Windows: two words of ours, never what the browser sent."""
    found = [next((name for sign, name in known if sign in agent), "") for known in (BROWSERS, SYSTEMS)]
    return "・".join(name for name in found if name)
