"""Encryption of single fields: AES-256-GCM with versioned keys, and keyed look-up values (blind indexes).

Sealed bytes: format (1), key version (2), nonce (12), ciphertext with tag. The format, the version and the
`context` are authenticated: a value moved to another row or column does not open. A version opens for as long as its
key is there; new values use the newest. Look-up values have a key and versions of their own: sealing may be rotated
while everything stays findable. They answer "equal or not" and nothing else.

Sealed text is the same as words, for columns that hold open words in other rows: `⟦1:` and base64 and `⟧`.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass, field
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from anwang.foundation.errors import AnwangError

_FORMAT = b"\x01"
_NONCE, _TAG, _KEY = 12, 16, 32
_HEAD = len(_FORMAT) + 2
_TEXT = ("⟦1:", "⟧")


class SealBroken(AnwangError):
    """The bytes were not sealed with these keys for this context, or were changed since."""


class KeyMissing(SealBroken):
    """The version that sealed the bytes is not in the keyring. Nothing is lost: with the key it opens again."""


class KeyringUnusable(AnwangError):
    """The keys make no keyring. For the operator; it never holds key material."""


@dataclass(frozen=True)
class Column:
    """A column of sealed values: where it stands, which keyring seals it, and the first part of its contexts.

    Every room lists its columns as `SEALED`, so that a rotation finds them all. `is_words`: sealed text between open
    text; only what is sealed there is sealed again.
    """

    table: str
    key: str
    column: str
    ring: str
    context: str
    is_words: bool = False


@dataclass(frozen=True, slots=True)
class Keyring:
    """Keys of 32 bytes by version (1-65535) for sealing, and others for look-ups. Never printed."""

    keys: dict[int, bytes] = field(repr=False)
    lookups: dict[int, bytes] = field(repr=False)

    def __post_init__(self) -> None:
        lengths = {len(secret) for secret in (*self.keys.values(), *self.lookups.values())}
        versions = {*self.keys, *self.lookups}
        if not self.keys or not self.lookups or lengths != {_KEY} or not all(0 < one < 65536 for one in versions):
            raise KeyringUnusable("a keyring needs keys of 32 bytes, versions 1-65535, and a look-up key")

    @classmethod
    def fresh(cls) -> "Keyring":
        return cls({1: token_bytes(_KEY)}, {1: token_bytes(_KEY)})

    @classmethod
    def from_secret(cls, secret: bytes) -> "Keyring":
        """A keyring with one version, derived from one secret of at least 32 bytes kept elsewhere."""
        first, lookup = derived(secret)
        return cls({1: first}, {1: lookup})

    @property
    def version(self) -> int:
        """The version that new values use."""
        return max(self.keys)

    def with_new_key(self) -> "Keyring":
        """The same keyring with one version more, which new values use."""
        return Keyring({**self.keys, self.version + 1: token_bytes(_KEY)}, self.lookups)

    def seal(self, text: str, context: str) -> bytes:
        """`text` encrypted for `context`, such as "people.identifier.value:<id>"; always other bytes."""
        return self.seal_bytes(text.encode("utf-8", "surrogatepass"), context)

    def seal_bytes(self, plain: bytes, context: str) -> bytes:
        """As `seal`, for what is no text."""
        version = self.version
        head, nonce = _FORMAT + version.to_bytes(2, "big"), token_bytes(_NONCE)
        return head + nonce + AESGCM(self.keys[version]).encrypt(nonce, plain, _aad(head, context))

    def open(self, sealed: bytes, context: str) -> str:
        """The text again. Raises SealBroken for other keys, another context or changed bytes."""
        return self.open_bytes(sealed, context).decode("utf-8", "surrogatepass")

    def open_bytes(self, sealed: bytes, context: str) -> bytes:
        """What `seal_bytes` was given. Raises SealBroken as `open`."""
        sealed = bytes(sealed)  # a database driver may hand over a memoryview
        head, nonce, rest = sealed[:_HEAD], sealed[_HEAD : _HEAD + _NONCE], sealed[_HEAD + _NONCE :]
        if head[:1] != _FORMAT or len(rest) < _TAG:
            raise SealBroken("這筆資料解不開，請聯絡系統管理員。")
        key = self.keys.get(version_of(sealed))
        if key is None:
            raise KeyMissing(f"這筆資料要第{version_of(sealed)}版金鑰才能開。資料還在，請系統管理員放回金鑰檔。")
        try:
            return AESGCM(key).decrypt(nonce, rest, _aad(head, context))
        except InvalidTag:
            raise SealBroken("這筆資料解不開，請聯絡系統管理員。") from None

    def seal_text(self, text: str, context: str) -> str:
        """`seal` as words, for a column of text."""
        return base64.b64encode(self.seal(text, context)).decode().join(_TEXT)

    def open_text(self, words: str, context: str) -> str:
        """Sealed words opened; words that are not sealed as they are."""
        return self.open(sealed_bytes(words), context) if is_sealed_text(words) else words

    def lookup(self, text: str, purpose: str) -> bytes:
        """32 bytes by which a sealed value is found again; normalise `text` first. Differs by purpose."""
        scope = purpose.encode()
        message = len(scope).to_bytes(4, "big") + scope + text.encode("utf-8", "surrogatepass")
        return hmac.digest(self.lookups[max(self.lookups)], message, hashlib.sha256)


def version_of(sealed: bytes) -> int:
    """Which version sealed these bytes; 0 when they were never sealed."""
    head = bytes(sealed[:_HEAD])
    return int.from_bytes(head[1:], "big") if head[:1] == _FORMAT and len(head) == _HEAD else 0


def is_sealed_text(words: str) -> bool:
    return words.startswith(_TEXT[0]) and words.endswith(_TEXT[1])


def sealed_bytes(words: str) -> bytes:
    """The bytes in sealed words. Raises SealBroken for words that were cut or changed."""
    try:
        return base64.b64decode(words[len(_TEXT[0]) : -len(_TEXT[1])], validate=True)
    except binascii.Error:
        raise SealBroken("這筆資料解不開，請聯絡系統管理員。") from None


def derived(secret: bytes) -> tuple[bytes, bytes]:
    """Sealing key and look-up key of a ring that stands as one secret."""
    if len(secret) < _KEY:
        raise KeyringUnusable("a keyring needs a secret of at least 32 bytes")
    return (hmac.digest(secret, b"anwang seal 1", "sha256"), hmac.digest(secret, b"anwang lookup", "sha256"))


def _aad(head: bytes, context: str) -> bytes:
    if not context:
        raise ValueError("a sealed value needs a context")
    return head + context.encode()
