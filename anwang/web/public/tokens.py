"""The token of a page: signed, with an end, in place of a cookie.

Forging a request across sites takes a session to ride on, and there is none: whoever sends this form sends it as
nobody. What the token does is to make a page sent twice one report, and to make a flood fetch pages first.
"""

from __future__ import annotations

from secrets import token_urlsafe

from django.core import signing

HOURS = 12
"""How long somebody may take to write; after that the page asks to send once more."""
_SALT = "anwang.public.form"


def fresh() -> str:
    """A new token, for one page."""
    return signing.dumps(token_urlsafe(12), salt=_SALT)


def nonce(token: str) -> str:
    """What is signed in it; empty for a token that is not ours or too old."""
    try:
        found = signing.loads(token, salt=_SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        return ""
    return found if isinstance(found, str) else ""
