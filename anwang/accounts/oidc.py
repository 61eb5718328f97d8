"""An agency's own log-in: OpenID Connect, code flow with PKCE, state and nonce. joserfc checks the signatures.

Nothing of what the agency tells is kept but the issuer and its subject: no name, no e-mail address.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import ipaddress
import json
import secrets
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any  # JSON of another system
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from anwang.foundation.errors import BadInput

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"]
MOST, SECONDS, LEEWAY, KEPT = 256 * 1024, 5, 60, 3600
STRONG = frozenset({"mfa", "hwk", "swk", "sc"})
"""Ways (RFC 8176) by which an agency says that more than a password was asked."""


@dataclass(frozen=True)
class Agency:
    """An agency's log-in as it was registered."""

    issuer: str
    client_id: str
    secret: str


@dataclass(frozen=True)
class Going:
    """Where the browser goes, and what the session keeps until it comes back."""

    address: str
    kept: dict[str, str]


@dataclass(frozen=True)
class Came:
    """Who came back: a subject of the issuer, and whether more than a password was asked of him."""

    subject: str
    is_strong: bool


def going(agency: Agency, back: str, *, anew: bool = False, proves: bool = False) -> Going:
    """Send the browser to the agency; `anew` asks it to log in again although it knows him.

    With `proves` its answer must also say that he did, since he was sent there (`auth_time`, Core §3.1.2.1).
    """
    kept = {"state": secrets.token_urlsafe(32), "nonce": secrets.token_urlsafe(32), "proof": secrets.token_urlsafe(48)}
    if proves:
        kept["since"] = str(int(time.time()))
    told = {
        "response_type": "code", "client_id": agency.client_id, "redirect_uri": back, "scope": "openid",
        "state": kept["state"], "nonce": kept["nonce"], "code_challenge_method": "S256",
        "code_challenge": _b64(hashlib.sha256(kept["proof"].encode()).digest()),
    }  # fmt: skip
    if anew or proves:
        told |= {"prompt": "login", "max_age": "0"}
    address = _endpoint(_described(agency.issuer), "authorization_endpoint")
    return Going(f"{address}{'&' if '?' in address else '?'}{urlencode(told)}", kept)


def came(agency: Agency, back: str, kept: Mapping[str, str], given: Mapping[str, str]) -> Came:
    """Who came back with this answer. Raises BadInput when it is not the answer to what was asked, or not theirs."""
    if not secrets.compare_digest(given.get("state", "").encode(), kept["state"].encode()):
        raise _refused()
    if not given.get("code") or given.get("iss", agency.issuer) != agency.issuer:
        raise _refused()
    described = _described(agency.issuer)
    body = urlencode({
        "grant_type": "authorization_code", "code": given["code"], "redirect_uri": back,
        "code_verifier": kept["proof"], "client_id": agency.client_id,
    }).encode()  # fmt: skip
    basic = base64.b64encode(f"{agency.client_id}:{agency.secret}".encode()).decode()
    answer = _json(fetch("POST", _endpoint(described, "token_endpoint"), body, {"Authorization": f"Basic {basic}"}))
    keys = _json(fetch("GET", _endpoint(described, "jwks_uri")))
    return _read(agency, kept, str(answer.get("id_token", "")), keys)


def _read(agency: Agency, kept: Mapping[str, str], token: str, keys: dict[str, Any]) -> Came:
    """The subject of an ID token (OpenID Connect Core §3.1.3.7)."""
    nonce, since = kept["nonce"], float(kept.get("since", 0))
    try:
        claims = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS).claims  # type: ignore[arg-type]
        now = time.time()
        audience = claims.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        right = (
            claims.get("iss") == agency.issuer
            and agency.client_id in audiences
            and (len(audiences) == 1 or claims.get("azp") == agency.client_id)
            and secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode())
            and float(claims["exp"]) > now - LEEWAY
            and float(claims["iat"]) < now + LEEWAY
            and (not since or since - LEEWAY <= float(claims["auth_time"]) < now + LEEWAY)
        )
        subject = claims.get("sub")
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise _refused() from error
    if not right or not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise _refused()
    ways = claims.get("amr")
    return Came(subject, bool(STRONG & set(ways)) if isinstance(ways, list) else False)


_known: dict[str, tuple[float, dict[str, Any]]] = {}


def _described(issuer: str) -> dict[str, Any]:
    """What the issuer publishes about itself; it must say that it is itself."""
    found = _known.get(issuer)
    if found is None or found[0] < time.monotonic():
        told = _json(fetch("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration"))
        if told.get("issuer") != issuer:
            raise _refused()
        found = _known[issuer] = (time.monotonic() + KEPT, told)
    return found[1]


def _endpoint(described: Mapping[str, Any], name: str) -> str:
    address = str(described.get(name, ""))
    _parts(address)
    return address


def fetch(method: str, address: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> bytes:
    """Ask another system: https, no redirects, no address of our own network, little and soon. Raises BadInput."""
    host, port, path, is_secure = _parts(address)
    try:
        if not settings.OUTBOX_PRIVATE:
            found = socket.getaddrinfo(host, port, proto=socket.IPPROTO_TCP)
            if not all(ipaddress.ip_address(one[4][0]).is_global for one in found):
                raise _away()
        if is_secure:
            asking = http.client.HTTPSConnection(host, port, timeout=SECONDS, context=ssl.create_default_context())
        else:
            asking = http.client.HTTPConnection(host, port, timeout=SECONDS)
        told = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        asking.request(method, path, body, told)
        answer = asking.getresponse()
        read = answer.read(MOST + 1)
        asking.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _away() from error
    if answer.status != http.HTTPStatus.OK or len(read) > MOST:
        raise _away()
    return read


def _parts(address: str) -> tuple[str, int, str, bool]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _away() from None
    schemes = ("https", "http") if settings.OUTBOX_PRIVATE else ("https",)
    if parts.scheme not in schemes or not host or parts.username or not address.isascii() or not address.isprintable():
        raise _away()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return host, port or (443 if parts.scheme == "https" else 80), path, parts.scheme == "https"


def _json(read: bytes) -> dict[str, Any]:
    try:
        told = json.loads(read)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise _away()
    return told


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _refused() -> BadInput:
    return BadInput(_("機關帳號的回答對不上。請從登入頁再試一次。"))


def _away() -> BadInput:
    return BadInput(_("機關的登入系統現在連不上。請稍後再試，或改用通行金鑰。"))
