"""A passkey's other half in software, made of fido2's own structures: what a browser would answer, true or forged."""

from __future__ import annotations

import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG


class Authenticator:
    """One passkey. `origin` and `host` are what the browser it sits in says."""

    def __init__(self, origin: str = "https://testserver", host: str = "testserver", name: bytes = b"key-1") -> None:
        self.origin, self.host, self.name = origin, host, name
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.counter = 0

    @property
    def attested(self) -> AttestedCredentialData:
        public = ES256.from_cryptography_key(self.private.public_key())
        return AttestedCredentialData.create(b"\0" * 16, self.name, public)

    def make(self, options: dict[str, Any], *, kind: str = "webauthn.create", verified: bool = True) -> str:
        """The answer to being asked to make a passkey."""
        flags = FLAG.UP | FLAG.AT | (FLAG.UV if verified else FLAG(0))
        data = AuthenticatorData.create(sha256(self.host.encode()), flags, self.counter, bytes(self.attested))
        told = {
            "clientDataJSON": websafe_encode(self._client(kind, options)),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return self._answer(told)

    def use(
        self, options: dict[str, Any], *, kind: str = "webauthn.get", verified: bool = True, counter: int | None = None
    ) -> str:
        """The answer to being asked to prove it has the key."""
        self.counter = self.counter + 1 if counter is None else counter
        flags = FLAG.UP | (FLAG.UV if verified else FLAG(0))
        data = AuthenticatorData.create(sha256(self.host.encode()), flags, self.counter)
        client = self._client(kind, options)
        signed = self.private.sign(bytes(data) + client.hash, ec.ECDSA(SHA256()))
        told = {
            "clientDataJSON": websafe_encode(client), "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signed),
        }  # fmt: skip
        return self._answer(told)

    def _client(self, kind: str, options: dict[str, Any]) -> CollectedClientData:
        challenge = websafe_decode(options["challenge"])
        return CollectedClientData.create(type=kind, challenge=challenge, origin=self.origin)

    def _answer(self, response: dict[str, str]) -> str:
        name = websafe_encode(self.name)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response,
                           "clientExtensionResults": {}})  # fmt: skip
