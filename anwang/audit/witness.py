"""Checks a folder of checkpoints of an Anwang record, or a proof, without Anwang: copy this one file to your machine.

    python witness.py KEY FOLDER                every note signed, numbered without gaps, each tree begins with the last
    python witness.py KEY NOTE --proof FILE     the act or reading of the proof stands in the tree of that note

KEY is what `anwang audit key` prints (or a file with it). Needs Python 3.9 or newer and the package `cryptography`.
Says what is wrong and ends with 1, or ends with 0. RFC 6962 §2.1, RFC 9162 §2.1.3.2 and §2.1.4.2, C2SP signed-note.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Wrong(Exception):
    """Something does not fit; the words say what."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Checks checkpoints of an Anwang record without Anwang.")
    parser.add_argument("key")
    parser.add_argument("place", type=Path, help="a folder of notes, or one note")
    parser.add_argument("--proof", type=Path, help="what `anwang audit prove` printed")
    given = parser.parse_args(arguments)
    public = _key(Path(given.key).read_text("utf-8") if Path(given.key).is_file() else given.key)
    try:
        if given.proof:
            note = _note(given.place, public)
            proof = json.loads(given.proof.read_text("utf-8"))
            _included(note, proof)
            print(f"{proof['kind']} {proof['id']} is number {proof['index']} of {note['size']}")
        else:
            print(_chain(given.place, public))
    except (Wrong, OSError, KeyError, ValueError) as error:
        print(f"witness: {error}", file=sys.stderr)
        return 1
    return 0


def _chain(folder: Path, public: bytes) -> str:
    paths = sorted(folder.rglob("*.txt"), key=lambda path: path.name) if folder.is_dir() else [folder]
    if not paths:
        raise Wrong(f"{folder} holds no notes")
    last = None
    for path in paths:
        note = _note(path, public)
        if last:
            _follows(path, last, note)
        last = note
    said = f"number {note['number']}, {note['size']} acts and readings, {note['made']}"
    return f"{len(paths)} notes hold; the newest is {said}"


def _follows(path: Path, last: dict, note: dict) -> None:
    if note["number"] != last["number"] + 1:
        raise Wrong(f"{path}: number {last['number'] + 1} is missing")
    if note["before"] != last["digest"] or note["from"] != last["size"]:
        raise Wrong(f"{path}: it does not follow the note before it")
    if note["size"] < last["size"] or not _consistent(last, note):
        raise Wrong(f"{path}: its tree does not begin with the one before: the record was rewritten")


def _note(path: Path, public: bytes) -> dict:
    text = path.read_text("utf-8")
    body, _, signatures = text.partition("\n\n")
    lines = body.split("\n")
    signed = [line.split(" ")[2] for line in signatures.splitlines() if line.startswith(f"— {lines[0]} ")]
    if len(lines) != 8 or not signed:
        raise Wrong(f"{path}: it is no checkpoint")
    raw = base64.b64decode(signed[0], validate=True)
    if raw[:4] != hashlib.sha256(lines[0].encode() + b"\n\x01" + public).digest()[:4]:
        raise Wrong(f"{path}: signed with another key")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], f"{body}\n".encode())
    except InvalidSignature:
        raise Wrong(f"{path}: the signature does not fit") from None
    said = dict(line.partition(" ")[::2] for line in lines[3:])
    return {
        "size": int(lines[1]), "root": base64.b64decode(lines[2]), "number": int(said["number"]), "made": said["made"],
        "before": said["before"], "from": int(said["from"]), "digest": hashlib.sha256(text.encode()).hexdigest(),
        "proof": [base64.b64decode(one) for one in said["proof"].split()],
    }  # fmt: skip


def _consistent(old: dict, new: dict) -> bool:
    """RFC 9162 §2.1.4.2."""
    path, first, second = list(new["proof"]), old["size"], new["size"]
    if first == second:
        return not path and old["root"] == new["root"]
    if first == 0:
        return not path
    if first & (first - 1) == 0:
        path.insert(0, old["root"])
    if not path:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for one in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = _node(one, fr), _node(one, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = _node(sr, one)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old["root"] and sr == new["root"]


def _included(note: dict, proof: dict) -> None:
    """RFC 9162 §2.1.3.2."""
    fn, sn = proof["index"], note["size"] - 1
    if proof["size"] != note["size"] or fn > sn:
        raise Wrong("the proof is about another checkpoint")
    root = hashlib.sha256(b"\x00" + proof["leaf"].encode()).digest()
    for one in map(base64.b64decode, proof["path"]):
        if sn == 0:
            raise Wrong("the proof is too long")
        if fn & 1 or fn == sn:
            root = _node(one, root)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            root = _node(root, one)
        fn, sn = fn >> 1, sn >> 1
    if sn or root != note["root"]:
        raise Wrong("the proof does not lead to the root of the checkpoint")


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _key(text: str) -> bytes:
    return base64.b64decode(text.strip().split("+", 2)[2])[1:]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
