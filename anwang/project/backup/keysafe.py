"""The keys of a backup: apart from it, for their owner alone, under a passphrase when there is one.

Who has the backup and its keys can read who reported. Who has lost the keys can never read it again.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from anwang.project import keys
from anwang.project.postgres.binaries import NoServer

ENVIRONMENT = "ANWANG_BACKUP_PASSPHRASE"
LEAST_LETTERS = 12
_COST, _BLOCK, _LANES = 2**16, 8, 1
_PURPOSE = b"anwang keys 1"


def passphrase(path: Path | None) -> str:
    """From the file named, else from the environment; empty when there is none. Raises NoServer when too short."""
    try:
        text = path.read_text(encoding="utf-8").strip() if path else os.environ.get(ENVIRONMENT, "")
    except (OSError, UnicodeDecodeError):
        raise NoServer(f"The passphrase in {path} cannot be read.") from None
    if (text or path) and len(text) < LEAST_LETTERS:
        raise NoServer(f"The passphrase is too short: use {LEAST_LETTERS} letters or more.")
    return text


def packed(kept: bytes, secret: str) -> bytes:
    """The text of keys.json as it is kept beside a backup."""
    if not secret:
        return kept
    salt, nonce = os.urandom(16), os.urandom(12)
    sealed = AESGCM(_derived(secret, salt)).encrypt(nonce, kept, _PURPOSE)
    parts = {"salt": salt, "nonce": nonce, "sealed": sealed}
    return json.dumps({name: base64.b64encode(part).decode() for name, part in parts.items()}).encode()


def unpacked(path: Path, secret: str) -> bytes:
    """The text of keys.json again. Raises NoServer with a sentence when it cannot be had."""
    try:
        text = path.read_bytes()
        found = json.loads(text)
        if "sealed" not in found:
            keys.parsed(text)
            return text
        if not secret:
            raise NoServer(f"{path} is under a passphrase: give it with --passphrase-file or {ENVIRONMENT}.")
        parts = {name: base64.b64decode(found[name]) for name in ("salt", "nonce", "sealed")}
        return AESGCM(_derived(secret, parts["salt"])).decrypt(parts["nonce"], parts["sealed"], _PURPOSE)
    except OSError:
        raise NoServer(f"The keys {path} cannot be read: name the file with --keys.") from None
    except InvalidTag:
        raise NoServer(f"The passphrase does not open {path}.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NoServer(f"{path} holds no keys: name the right file with --keys.") from None


def lie_open(path: Path, kept: bytes) -> bool:
    """Whether this file holds these keys for everybody who can read it; false for what is sealed or no such file."""
    try:
        return fingerprints(path.read_bytes()) == fingerprints(kept)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def fingerprints(text: bytes) -> dict[str, str]:
    """A short sum of every key by name: enough to tell keys apart, nothing to open anything with."""
    ring = keys.parsed(text).ring
    return {name: hashlib.sha256(_PURPOSE + key).hexdigest()[:16] for name, key in sorted(ring.items())}


def _derived(secret: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=_COST, r=_BLOCK, p=_LANES).derive(secret.encode())
