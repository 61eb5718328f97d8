"""A checkpoint as a note that others keep: plain text, signed, in the form of C2SP tlog-checkpoint.

    anwang-audit/0123456789abcdef      whose record (the short name of its key)
    12345                              leaves of the tree
    <base64>                           its root
    number 17                          notes are numbered, and each
    before <hex>                       names the text of the one before by its sum,
    from 12000                         with that one's size and
    proof <base64> …                   the proof that this tree begins with that one (RFC 6962)
    made 2026-04-21T03:30:00+00:00
                                       an empty line, then the signature
    — anwang-audit/0123456789abcdef <base64>

It tells nobody anything about anybody, so it may lie anywhere: on paper, at another agency, on a public page.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .keys import key_id, public_bytes

ORIGIN = "anwang-audit/"
ED25519 = b"\x01"


class BadNote(Exception):
    """A text that is no note, or not signed by whom it should be; the words say which."""


@dataclass(frozen=True)
class Note:
    """What a note says. `before` is empty for the first one."""

    origin: str
    size: int
    root: bytes
    number: int
    before: str
    since: int
    proof: tuple[bytes, ...]
    made: str

    @property
    def body(self) -> str:
        lines = [
            self.origin,
            str(self.size),
            _b64(self.root),
            f"number {self.number}",
            f"before {self.before or '-'}",
            f"from {self.since}",
            " ".join(["proof", *map(_b64, self.proof)]),
            f"made {self.made}",
        ]
        return "\n".join(lines) + "\n"


def write(
    key: Ed25519PrivateKey, *, size: int, root: bytes, number: int, before: str, since: int,
    proof: tuple[bytes, ...], made_at: datetime,
) -> str:  # fmt: skip
    """The signed text."""
    origin = ORIGIN + key_id(key)
    note = Note(origin, size, root, number, before, since, proof, made_at.isoformat(timespec="seconds"))
    signed = _key_hash(origin, public_bytes(key)) + key.sign(note.body.encode())
    return f"{note.body}\n— {origin} {_b64(signed)}\n"


def read(text: str, public: bytes) -> Note:
    """Read a note and try its signature with a public key of 32 bytes. Raises BadNote."""
    body, _, signatures = text.partition("\n\n")
    try:
        note = _parsed(body)
        signed = next(
            base64.b64decode(last, validate=True)
            for mark, origin, last in (line.split(" ") for line in signatures.splitlines())
            if mark == "—" and origin == note.origin
        )
    except (ValueError, StopIteration, IndexError) as error:
        raise BadNote("it is no checkpoint of the record") from error
    if signed[:4] != _key_hash(note.origin, public):
        raise BadNote("signed with another key")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signed[4:], note.body.encode())
    except InvalidSignature:
        raise BadNote("the signature does not fit") from None
    if note.body != body + "\n":
        raise BadNote("it says more than was signed")
    return note


def digest(text: str) -> str:
    """By what the next note names this one."""
    return hashlib.sha256(text.encode()).hexdigest()


def verifier(key: Ed25519PrivateKey) -> str:
    """The public key as others write it down: `name+hash+key`, the form of C2SP signed notes."""
    origin, public = ORIGIN + key_id(key), public_bytes(key)
    return f"{origin}+{_key_hash(origin, public).hex()}+{_b64(ED25519 + public)}"


def public_key(text: str) -> bytes:
    """The 32 bytes in what `verifier` wrote. Raises BadNote."""
    try:
        kind = base64.b64decode(text.strip().split("+", 2)[2], validate=True)
    except (IndexError, ValueError) as error:
        raise BadNote("it is no public key of the record") from error
    if kind[:1] != ED25519 or len(kind) != 33:
        raise BadNote("it is no public key of the record")
    return kind[1:]


def _parsed(body: str) -> Note:
    origin, size, root, *more = body.split("\n")
    said = dict(line.partition(" ")[::2] for line in more)
    before = said.get("before", "")
    if set(said) != {"number", "before", "from", "proof", "made"} or len(more) != len(said):
        raise ValueError("other lines than a checkpoint has")
    return Note(
        origin, int(size), base64.b64decode(root, validate=True), int(said["number"]), "" if before == "-" else before,
        int(said["from"]), tuple(base64.b64decode(one, validate=True) for one in said["proof"].split()), said["made"],
    )  # fmt: skip


def _key_hash(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
