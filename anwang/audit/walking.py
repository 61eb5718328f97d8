"""Looking through the whole record little by little, so that the worker never stands still for minutes.

Each run goes on from a checkpoint, whose edge is bound to its signed root, as far as a share of rows reaches; after the
newest checkpoint it begins anew. What was found stays on the page until the record has been found whole again there.
"""

from __future__ import annotations

from django.db import DatabaseError

from .leaves import leaves
from .models import Checkpoint, Watch
from .posting import outside, watched
from .sealing import Fault, resumed, signatures, unregistered, written_after

SHARE = 100_000
"""Rows a run: about two seconds."""


def walk() -> list[Fault]:
    """Look through the next share; what does not hold. A job of the worker."""
    row = Watch.objects.filter(what="verify").first()
    start = row.reached if row else 0
    faults, reached = look_through(start)
    words = "; ".join(f"{fault.what}: {fault.words}" for fault in faults[:3])
    if row and row.fault and not words and reached:
        # A fault further back is not mended by finding the next rows whole: it goes when its own turn comes round.
        words = row.fault if start else ""
    watched("verify", fault=words, reached=reached)
    return faults


def look_through(start: int, share: int = SHARE) -> tuple[list[Fault], int]:
    """What does not hold from checkpoint `start` on, and the checkpoint reached; 0 when that was the newest one."""
    checkpoints = list(Checkpoint.objects.filter(id__gte=start).order_by("id"))
    if not checkpoints:
        return ([Fault(f"checkpoint {start}", "the newest checkpoints are gone")] if start else []), 0
    faults = unregistered() if not start else []
    is_first = not start or checkpoints[0].id != start
    # A checkpoint signs the root of the one before: that of the first here is tried with its own share.
    faults += [fault for fault in signatures(checkpoints) if is_first or fault.what != f"checkpoint {start}"]
    last = None if is_first else checkpoints[0]
    with_tree = [one for one in checkpoints if one.size is not None and one is not last]
    try:
        found, reached = _walked(last, with_tree, share)
    except (ValueError, DatabaseError) as error:
        return [*faults, Fault(f"checkpoint {start}", str(error))], 0
    is_whole = not with_tree or reached == with_tree[-1].id
    noted = outside()[1] if is_whole else []
    return [*faults, *found, *noted], 0 if is_whole else reached


def _walked(last: Checkpoint | None, checkpoints: list[Checkpoint], share: int) -> tuple[list[Fault], int]:
    faults: list[Fault] = []
    grown = resumed(last)
    begin, first = last.horizon if last and last.size is not None else 0, grown.tree.size
    reached = last.id if last else 0
    for made in checkpoints:
        was = grown.backdated
        for _size in grown.add(leaves(begin, made.horizon), written_after(last, made)):
            pass
        if grown.tree.root != bytes(made.root) or grown.tree.size != made.size:
            faults.append(Fault(f"checkpoint {made.id}", "the rows are not those that were sealed"))
            return faults, made.id
        if grown.backdated > was:
            faults.append(Fault(f"checkpoint {made.id}", "rows say they are older than the checkpoint before it"))
        begin, last, reached = made.horizon, made, made.id
        if grown.tree.size - first >= share:
            break
    return faults, reached
