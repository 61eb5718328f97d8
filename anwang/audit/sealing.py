"""Sealing the record: signed checkpoints of a tree over every act and reading whose transaction has ended.

Rows commit out of order, so a seal by number or time would leave a late commit unsealed below the line. Each row keeps
the transaction that wrote it; a checkpoint covers the transactions before the oldest one still running, so nothing can
appear behind it. The tree (`tree.py`) grows by what is new; editing, deleting, inserting or reordering anything sealed
changes the root, each checkpoint signs the root before it, and none can be signed without the key (ADR 0083). Cutting
off the newest rows with the newest checkpoints shows against the notes outside the database (`posting.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from anwang.foundation import clock

from . import earlier
from .keys import is_signed, key_id, signing_key
from .leaves import Leaf, leaves
from .models import Checkpoint
from .tree import Tree

LOCK = 7028
BEGINNING = b"anwang audit 2"
LATE = timedelta(hours=1)
"""Longer than a transaction runs: what says it was recorded so long before the last checkpoint was written later."""
UNREGISTERED_SQL = """
SELECT a.id::text FROM audit_act a WHERE a.salt IS NULL AND NOT (
  EXISTS (SELECT 1 FROM audit_erasure e WHERE e.act_id = a.id)
  AND EXISTS (SELECT 1 FROM audit_act t WHERE t.verb = 'audit.erased' AND t.subject_id = a.id))
"""


@dataclass(frozen=True)
class Fault:
    """A checkpoint, note or row that does not fit the rows, its predecessor or its signature."""

    what: str
    words: str


@dataclass
class Grown:
    """The tree, how many of its leaves are acts, and rows that say they are older than the checkpoint before."""

    tree: Tree
    acts: int = 0
    backdated: int = 0

    def add(self, found: Iterable[Leaf], not_before: datetime | None = None) -> Iterator[int]:
        """Grow by these leaves; tells the size after each."""
        for one in found:
            self.tree.add(one.sum)
            self.acts += one.kind == "act"
            self.backdated += not_before is not None and one.recorded_at < not_before
            yield self.tree.size


def seal() -> Checkpoint | None:
    """Sign what can be sealed now; None when nothing was added since the last checkpoint."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        (horizon,) = cursor.fetchone()
        last = Checkpoint.objects.order_by("id").last()
        grown = resumed(last)
        begin = last.horizon if last and last.size is not None else 0
        before = grown.tree.size
        for _size in grown.add(leaves(begin, horizon)):
            pass
        if grown.tree.size == before:
            return None
        key = signing_key()
        made = Checkpoint(
            horizon=horizon, acts=grown.acts, readings=grown.tree.size - grown.acts, size=grown.tree.size,
            edge=grown.tree.edge, root=grown.tree.root, key_id=key_id(key), made_at=clock.now(),
        )  # fmt: skip
        made.signature = key.sign(message(made, last))
        made.save(force_insert=True)
        return made


def resumed(made: Checkpoint | None) -> Grown:
    """The tree as a checkpoint left it; from the first row where there was none. Raises ValueError for a false edge."""
    if made is None or made.size is None:
        return Grown(Tree())
    tree = Tree(made.size, bytes(made.edge))
    if tree.root != bytes(made.root):
        raise ValueError(f"the edge of checkpoint {made.id} is not its root's")
    return Grown(tree, made.acts)


def message(made: Checkpoint, before: Checkpoint | None) -> bytes:
    """What a checkpoint signs: itself and the root before it."""
    root = bytes(before.root).hex() if before else ""
    parts = (made.horizon, made.acts, made.readings, made.size, bytes(made.root).hex(), root, made.key_id,
             made.made_at.isoformat())  # fmt: skip
    return BEGINNING + b"|" + "|".join(map(str, parts)).encode()


def check(outside: Sequence[tuple[int, bytes, str]] = ()) -> list[Fault]:
    """Recompute every root from the rows and try every signature; empty when nothing was touched.

    `outside` are sizes with the roots they had according to notes kept elsewhere, and what to call each.
    """
    checkpoints = list(Checkpoint.objects.order_by("id"))
    faults = [*signatures(checkpoints), *_before_the_tree(checkpoints), *unregistered()]
    roots = {size: root for size, root, _name in outside}
    known: dict[int, bytes] = {}
    grown, begin, last, is_broken = Grown(Tree()), 0, None, False
    for made in (one for one in checkpoints if one.size is not None):
        was = grown.backdated
        for size in grown.add(leaves(begin, made.horizon), written_after(last, made)):
            if size in roots:
                known[size] = grown.tree.root
        if not is_broken:
            found = list(_compared(made, grown))
            faults, is_broken = [*faults, *found], bool(found)
        if grown.backdated > was:
            faults.append(_backdated(made, grown.backdated - was))
        begin, last = made.horizon, made
    return [*faults, *_against(outside, known, grown.tree.size)]


def signatures(checkpoints: Sequence[Checkpoint]) -> Iterator[Fault]:
    """Every checkpoint was signed by our key, and follows the one before."""
    key: Ed25519PrivateKey = signing_key()
    ours, before = key_id(key), None
    for made in checkpoints:
        signed = earlier.message(made) if made.size is None else message(made, before)
        if made.key_id != ours:
            yield Fault(f"checkpoint {made.id}", "signed with another key")
        elif not is_signed(bytes(made.signature), signed, key):
            yield Fault(f"checkpoint {made.id}", "the signature does not fit it and the one before")
        before = made


def written_after(last: Checkpoint | None, made: Checkpoint) -> datetime | None:
    """Before which no row between two checkpoints was recorded; a clock that fell back moves `made` back with it."""
    return min(last.made_at, made.made_at) - LATE if last else None


def unregistered() -> list[Fault]:
    """Acts whose words are gone though no erasure tells of it."""
    with connection.cursor() as cursor:
        cursor.execute(UNREGISTERED_SQL)
        return [Fault(f"act {one}", "erased without an entry in the register") for (one,) in cursor.fetchall()]


def _before_the_tree(checkpoints: Sequence[Checkpoint]) -> Iterator[Fault]:
    for made in earlier.broken([one for one in checkpoints if one.size is None]):
        yield Fault(f"checkpoint {made.id}", "the rows are not those that were sealed")


def _compared(made: Checkpoint, grown: Grown) -> Iterator[Fault]:
    readings = grown.tree.size - grown.acts
    if (grown.acts, readings) != (made.acts, made.readings):
        yield Fault(f"checkpoint {made.id}", f"{made.acts} acts and {made.readings} readings sealed, "
                                             f"{grown.acts} and {readings} found")  # fmt: skip
    elif grown.tree.root != bytes(made.root):
        yield Fault(f"checkpoint {made.id}", "the rows are not those that were sealed")
    elif grown.tree.edge != bytes(made.edge):
        yield Fault(f"checkpoint {made.id}", "the edge is not that of its tree")


def _backdated(made: Checkpoint, count: int) -> Fault:
    return Fault(f"checkpoint {made.id}", f"{count} rows say they are older than the checkpoint before it")


def _against(outside: Sequence[tuple[int, bytes, str]], known: dict[int, bytes], size: int) -> Iterator[Fault]:
    for noted, root, name in outside:
        if noted not in known:
            yield Fault(name, f"{noted} acts and readings were noted, {size} are here: the newest were cut off")
        elif known[noted] != root:
            yield Fault(name, "the rows are not those that were noted")
