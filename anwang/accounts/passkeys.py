"""WebAuthn: what the browser is asked, and whether what it answers is true (fido2 checks the signatures).

A challenge is good once: whoever calls takes it out of the session before asking here.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any  # JSON of a browser
from uuid import UUID

from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from anwang.foundation.errors import BadInput

NAME = "安網"
NOT_TRUE = (ValueError, TypeError, LookupError, AttributeError, struct.error, RecursionError, NotImplementedError)
"""What fido2 raises at what a browser, or somebody else, sent. It has no error of its own: ValueError is its word for
untrue; LookupError, TypeError and AttributeError come of JSON or CBOR of another shape, `struct.error` of CBOR cut
short, RecursionError of CBOR folded a thousand times, NotImplementedError of a key whose kind it cannot check."""


@dataclass(frozen=True)
class Site:
    """Where the browser says it is: the host is the relying party, the origin must be exactly this."""

    host: str
    origin: str

    @property
    def takes_passkeys(self) -> bool:
        """Passkeys belong to a name: browsers make none for a bare address, nor without https except at home."""
        try:
            ip_address(self.host.strip("[]"))
        except ValueError:
            return self.origin.startswith("https://") or self.host == "localhost"
        return False


@dataclass(frozen=True)
class Made:
    """A new passkey as it is kept."""

    credential_id: bytes
    attested: bytes
    sign_count: int
    is_synced: bool


def ask_to_make(
    site: Site, *, account_id: UUID, username: str, name: str, known: Sequence[bytes]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """(what the browser is told, what the session keeps) to make a passkey found without a user name."""
    options, state = _server(site).register_begin(
        PublicKeyCredentialUserEntity(id=account_id.bytes, name=username, display_name=name),
        [_descriptor(one) for one in known],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options.public_key), dict(state)


def made(site: Site, state: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
    """The passkey in the browser's answer. Raises BadInput for any other origin, host or challenge."""
    try:
        data = _server(site).register_complete(dict(state), answer)
        attested = data.credential_data
        if attested is None:
            raise ValueError("no credential")
        return Made(attested.credential_id, bytes(attested), data.counter, bool(data.flags & data.FLAG.BS))
    except NOT_TRUE as error:
        raise BadInput(_("這把通行金鑰沒有做成。請再試一次。")) from error


def ask_to_use(site: Site, known: Sequence[bytes] | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
    """(what the browser is told, what the session keeps) to use one of `known`, or any that it has for this site."""
    options, state = _server(site).authenticate_begin(
        [_descriptor(one) for one in known] if known is not None else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options.public_key), dict(state)


def credential_of(answer: Mapping[str, Any]) -> bytes:
    """Which passkey the answer says it is from: believed only once `used` has checked it."""
    try:
        return bytes(AuthenticationResponse.from_dict(answer).raw_id)
    except NOT_TRUE as error:
        raise BadInput(_("讀不懂瀏覽器的回答。請再試一次。")) from error


def used(site: Site, state: Mapping[str, Any], attested: bytes, answer: Mapping[str, Any]) -> int:
    """The sign counter of a true answer. Raises BadInput for another challenge, origin, host, key or signature."""
    try:
        _server(site).authenticate_complete(dict(state), [AttestedCredentialData(attested)], answer)
        return int(AuthenticationResponse.from_dict(answer).response.authenticator_data.counter)
    except NOT_TRUE as error:
        raise BadInput(_("這把通行金鑰對不上。請再試一次，或改用密碼。")) from error


def _server(site: Site) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=site.host, name=NAME), verify_origin=lambda o: o == site.origin)


def _descriptor(credential_id: bytes) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=bytes(credential_id))
