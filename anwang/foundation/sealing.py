"""Encryption of single fields: AES-256-GCM with versioned keys, and keyed look-up values.

Sealed bytes: format (1), key version (2), nonce (12), ciphertext with tag. The format, the version and the
`context` are authenticated: a value moved to another row or column does not open. Old versions open for ever;
new values use the newest. The look-up secret has no versions, so a look-up value stays findable.
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_bytes, token_hex

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from anwang.foundation.errors import AnwangError

ENVIRONMENT = "ANWANG_KEYRING"

_FORMAT = b"\x01"
_NONCE, _TAG, _KEY = 12, 16, 32
_HEAD = len(_FORMAT) + 2


class SealBroken(AnwangError):
    """The bytes were not sealed with these keys for this context, or were changed since."""


class KeyringUnusable(AnwangError):
    """The keyring is damaged or open to others. For the operator; it never holds key material."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """Keys of 32 bytes by version (1-65535), and the secret for look-ups. Never printed."""

    keys: dict[int, bytes] = field(repr=False)
    lookup_secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        lengths = {len(secret) for secret in (*self.keys.values(), self.lookup_secret)}
        if not self.keys or lengths != {_KEY} or not all(0 < version < 65536 for version in self.keys):
            raise KeyringUnusable("a keyring needs keys of 32 bytes, versions 1-65535, and a look-up secret")

    @classmethod
    def fresh(cls) -> "Keyring":
        return cls({1: token_bytes(_KEY)}, token_bytes(_KEY))

    @classmethod
    def from_secret(cls, secret: bytes) -> "Keyring":
        """A keyring with one version, derived from one secret of at least 32 bytes kept elsewhere."""
        if len(secret) < _KEY:
            raise KeyringUnusable("a keyring needs a secret of at least 32 bytes")
        derived = [hmac.digest(secret, purpose, "sha256") for purpose in (b"anwang seal 1", b"anwang lookup")]
        return cls({1: derived[0]}, derived[1])

    @classmethod
    def from_file(cls, path: Path | str) -> "Keyring":
        """The keyring in `ANWANG_KEYRING` (its JSON text) if set, else in the file, made (0600) when missing.

        Two processes starting at once get the same keys. Raises KeyringUnusable for a damaged file and for
        one that others than its owner may read.
        """
        if text := os.environ.get(ENVIRONMENT):
            return cls.from_json(text, ENVIRONMENT)
        path = Path(path)
        if not path.exists():
            _write_once(path, cls.fresh().to_json())
        if path.stat().st_mode & 0o077:
            raise KeyringUnusable(f"others may read the keyring {path}; run: chmod 600 {path}")
        return cls.from_json(path.read_text(encoding="utf-8"), str(path))

    @classmethod
    def from_json(cls, text: str, where: str = "keyring") -> "Keyring":
        try:
            kept = json.loads(text)
            keys = {int(version): _decoded(key) for version, key in kept["keys"].items()}
            return cls(keys, _decoded(kept["lookup"]))
        except (ValueError, KeyError, TypeError, AttributeError, binascii.Error):
            # No cause: it would quote the text, which is the keys.
            raise KeyringUnusable(f"{where} holds no keyring; restore it from the backup") from None

    def to_json(self) -> str:
        keys = {str(version): base64.b64encode(key).decode() for version, key in sorted(self.keys.items())}
        return json.dumps({"keys": keys, "lookup": base64.b64encode(self.lookup_secret).decode()}, indent=2)

    def with_new_key(self) -> "Keyring":
        """The same keyring with one version more, which new values use."""
        return Keyring({**self.keys, max(self.keys) + 1: token_bytes(_KEY)}, self.lookup_secret)

    def seal(self, text: str, context: str) -> bytes:
        """`text` encrypted for `context`, such as "people.identifier.value:<id>"; always other bytes."""
        version = max(self.keys)
        head, nonce = _FORMAT + version.to_bytes(2, "big"), token_bytes(_NONCE)
        plain = text.encode("utf-8", "surrogatepass")
        return head + nonce + AESGCM(self.keys[version]).encrypt(nonce, plain, _aad(head, context))

    def open(self, sealed: bytes, context: str) -> str:
        """The text again. Raises SealBroken for other keys, another context or changed bytes."""
        sealed = bytes(sealed)  # a database driver may hand over a memoryview
        head, nonce, rest = sealed[:_HEAD], sealed[_HEAD : _HEAD + _NONCE], sealed[_HEAD + _NONCE :]
        key = self.keys.get(int.from_bytes(head[1:], "big"))
        if key is None or head[:1] != _FORMAT or len(rest) < _TAG:
            raise SealBroken("這筆資料解不開，請聯絡系統管理員。")
        try:
            return AESGCM(key).decrypt(nonce, rest, _aad(head, context)).decode("utf-8", "surrogatepass")
        except InvalidTag:
            raise SealBroken("這筆資料解不開，請聯絡系統管理員。") from None

    def lookup(self, text: str, purpose: str) -> bytes:
        """32 bytes by which a sealed value is found again; normalise `text` first. Differs by purpose."""
        scope = purpose.encode()
        message = len(scope).to_bytes(4, "big") + scope + text.encode("utf-8", "surrogatepass")
        return hmac.digest(self.lookup_secret, message, hashlib.sha256)


def _decoded(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _aad(head: bytes, context: str) -> bytes:
    if not context:
        raise ValueError("a sealed value needs a context")
    return head + context.encode()


def _write_once(path: Path, text: str) -> None:
    """Write a whole file of mode 0600 unless another process was first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{token_hex(8)}")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(half, path)  # unlike a rename, this never replaces keys already in use
    except FileExistsError:
        pass
    finally:
        half.unlink()
