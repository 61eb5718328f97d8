"""The key that signs the record, and the short name of its public half."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings


def signing_key() -> Ed25519PrivateKey:
    """`KEYRING["audit"]`, kept outside the database."""
    return Ed25519PrivateKey.from_private_bytes(settings.KEYRING["audit"])


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes by which others verify."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(key: Ed25519PrivateKey) -> str:
    """A short name of the public key, kept with what it signed."""
    return hashlib.sha256(public_bytes(key)).hexdigest()[:16]


def is_signed(signature: bytes, message: bytes, key: Ed25519PrivateKey) -> bool:
    try:
        key.public_key().verify(signature, message)
    except InvalidSignature:
        return False
    return True
