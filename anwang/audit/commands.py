"""`anwang audit`: verify the record, prove a row, write a note, print the key by which others verify."""

from __future__ import annotations

import argparse
import base64
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from django.db import connection

from . import notes, posting
from .keys import public_bytes, signing_key
from .leaves import ACTS_SQL, READINGS_SQL, leaves, said
from .models import Checkpoint
from .sealing import Fault, check
from .tree import consistency, inclusion, sums


def main(arguments: Sequence[str]) -> int:
    """0 when everything holds, 1 with what does not."""
    parser = argparse.ArgumentParser(prog="anwang audit")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verify = verbs.add_parser("verify", help="recompute the tree from the rows; compare it with the notes outside")
    verify.add_argument("--checkpoint", type=Path, action="append", help="a note, or a folder of them, kept elsewhere")
    verify.add_argument("--key", help="the public key to believe, as `anwang audit key` printed it")
    verify.add_argument("--json", action="store_true")
    prove = verbs.add_parser("prove", help="that an act or reading stands in the tree, or that it began with a note's")
    prove.add_argument("what", help="the identifier of an act or a reading, or the path of an older note")
    prove.add_argument("--checkpoint", type=Path, help="in the tree of this note (default: the newest checkpoint)")
    verbs.add_parser("post", help="seal, and write a note outside the database now")
    verbs.add_parser("key", help="print the public key for those who verify")
    given = parser.parse_args(list(arguments))
    return {"verify": _verify, "prove": _prove, "post": _post, "key": _key}[given.verb](given)


def _verify(given: argparse.Namespace) -> int:
    try:
        public = notes.public_key(given.key) if given.key else public_bytes(signing_key())
    except notes.BadNote as error:
        print(f"anwang audit: {error}", file=sys.stderr)
        return 2
    found, faults = posting.outside(public=public)
    for place in given.checkpoint or ():
        paths = sorted(place.rglob("*.txt")) if place.is_dir() else [place]
        more, wrong = posting.outside(paths, public)
        found, faults = [*found, *more], [*faults, *wrong]
    if given.key and public != public_bytes(signing_key()):
        faults.append(Fault("key", "this system signs with another key than the one you believe"))
    faults = [*faults, *check(found)]
    newest = Checkpoint.objects.filter(size__isnull=False).order_by("id").last()
    if given.json:
        print(json.dumps({"faults": [asdict(one) for one in faults], "notes": len(found),
                          "size": newest.size if newest else 0}, ensure_ascii=False, indent=2))  # fmt: skip
    else:
        for fault in faults:
            print(f"{fault.what}: {fault.words}", file=sys.stderr)
        root = bytes(newest.root).hex() if newest else "-"
        size = newest.size if newest else 0
        print(f"record: {size} acts and readings, root {root}, {len(found)} notes compared, {len(faults)} faults")
    return 1 if faults else 0


def _prove(given: argparse.Namespace) -> int:
    newest = Checkpoint.objects.filter(size__isnull=False).order_by("id").last()
    try:
        size = _size_of(given.checkpoint) if given.checkpoint else newest.size if newest else 0
        proof = _consistent(Path(given.what), size) if Path(given.what).is_file() else _included(given.what, size or 0)
    except (notes.BadNote, LookupError) as error:
        print(f"anwang audit: {error}", file=sys.stderr)
        return 1
    print(json.dumps(proof, ensure_ascii=False, indent=2))
    return 0


def _size_of(path: Path) -> int:
    return notes.read(path.read_text("utf-8"), public_bytes(signing_key())).size


def _included(key: str, size: int) -> dict[str, object]:
    """One journey finds the leaf's number, another the sums beside its way to the root."""
    at = next(((n, one) for n, one in enumerate(leaves(0, _end())) if one.id == key.lower() and n < size), None)
    if at is None:
        raise LookupError(f"{key} is not in that checkpoint")
    index, found = at
    path = sums(inclusion(index, size), {}, 0, (one.sum for one in leaves(0, _end())))
    return {"kind": found.kind, "id": found.id, "index": index, "size": size, "leaf": _leaf(found.xid, key.lower()),
            "path": [base64.b64encode(one).decode() for one in path]}  # fmt: skip


def _consistent(note: Path, size: int | None) -> dict[str, object]:
    since = _size_of(note)
    if size is None or size < since:
        raise LookupError("the record is shorter than that note says: its newest rows were cut off")
    path = sums(consistency(since, size), {}, 0, (one.sum for one in leaves(0, _end())))
    return {"kind": "consistency", "from": since, "size": size,
            "path": [base64.b64encode(one).decode() for one in path]}  # fmt: skip


def _leaf(xid: int, key: str) -> str:
    with connection.cursor() as cursor:
        for sql in (ACTS_SQL, READINGS_SQL):
            cursor.execute(sql, [str(xid), str(xid + 1)])
            for row in cursor.fetchall():
                if row[2] == key:
                    return said(row).decode()
    raise LookupError(key)


def _end() -> int:
    newest = Checkpoint.objects.order_by("id").last()
    return newest.horizon if newest else 0


def _post(given: argparse.Namespace) -> int:
    path = posting.post()
    fault = posting.Watch.objects.get(what="post").fault
    if fault:
        print(f"anwang audit: {fault}", file=sys.stderr)
        return 1
    print(path or "nothing was added since the last note")
    return 0


def _key(given: argparse.Namespace) -> int:
    print(notes.verifier(signing_key()))
    return 0
