"""The family picture: where everybody stands. A pure function of people and edges; no drawing, no reading.

Generations are rows, oldest first. People who are or were a couple stand side by side, the man of a couple left, as
genograms are drawn; children stand under their parents in order of birth. Everybody stands exactly once, nobody upon
another, and the same family gives the same picture whatever order it is read in.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

STEP_X, STEP_Y = 96, 106
"""Distance between neighbours and between generations, in picture units: a name of four characters fits."""
LEFT, TOP, UNDER = 48, 34, 54
LABEL = 42
"""How far below the middle of a sign its name ends: no line runs through a name."""
Key = Hashable

DESCENT = {"parent", "step_parent", "adoptive_parent"}
COUPLE = {"spouse", "former_spouse", "partner", "former_partner"}
ENDED = {"former_spouse", "former_partner"}
BROKEN = {"step_parent", "adoptive_parent", "guardian", "carer", "other_kin"}
LEVEL = {"sibling": 0, "half_sibling": 0, "grandparent": 2}


@dataclass(frozen=True)
class Member:
    """One person to place. `sex` is female, male, other or unknown; `born` orders siblings."""

    key: Key
    name: str = ""
    sex: str = "unknown"
    born: date | None = None
    is_home: bool = False


@dataclass(frozen=True)
class Edge:
    """`person` is the `relation` of `to`."""

    person: Key
    relation: str
    to: Key


@dataclass(frozen=True)
class Place:
    """Where one person stands."""

    key: Key
    generation: int
    x: int
    y: int


@dataclass(frozen=True)
class Layout:
    """Places, oldest generation first and left to right, and the lines between them as SVG paths."""

    places: tuple[Place, ...]
    width: int
    height: int
    ties: tuple[str, ...] = ()
    household: str = ""
    loose: tuple[str, ...] = ()
    """Lines that are not of blood or marriage, drawn broken: adoption, step-parents, care, what is not known."""
    at: Mapping[Key, Place] = field(default_factory=dict)


def layout(members: Iterable[Member], edges: Iterable[Edge]) -> Layout:
    """Place everybody and draw the lines. Edges to people who are not members, and to oneself, are left out."""
    people = {one.key: one for one in sorted(members, key=_order)}
    known = [e for e in edges if e.person in people and e.to in people and e.person != e.to]
    known.sort(key=lambda e: (str(e.person), e.relation, str(e.to)))
    rows = _rows(people, known)
    columns = _columns(people, known, rows)
    places = [
        Place(key, level, LEFT + column * STEP_X // 2, TOP + level * STEP_Y)
        for level, row in enumerate(rows)
        for key, column in sorted(columns[level].items(), key=lambda pair: pair[1])
        if key in row
    ]
    at = {place.key: place for place in places}
    width = max((p.x for p in places), default=0) + LEFT
    height = max((p.y for p in places), default=0) + UNDER
    home = [at[key] for key, one in people.items() if one.is_home]
    firm, loose = [e for e in known if e.relation not in BROKEN], [e for e in known if e.relation in BROKEN]
    lines = (*_ties(loose, at), *_bows(loose, at))
    return Layout(tuple(places), width, height, tuple(_ties(firm, at)), _outline(home, places), lines, at)


def _order(one: Member) -> tuple[bool, date, str]:
    return (one.born is None, one.born or date.max, str(one.key))


def _rows(people: Mapping[Key, Member], edges: Sequence[Edge]) -> list[list[Key]]:
    """Generations: a fixed point over the edges, so that contradictions (found in real registers) still end."""
    level = dict.fromkeys(people, 0)
    for _round in range(len(people) + 1):
        moved = False
        for edge in edges:
            drop = 1 if edge.relation in DESCENT else 0 if edge.relation in COUPLE else LEVEL.get(edge.relation)
            if drop is None:
                continue
            wanted = level[edge.person] + drop
            if drop and level[edge.to] < wanted:
                level[edge.to], moved = wanted, True
            elif not drop and level[edge.to] != level[edge.person]:
                level[edge.to] = level[edge.person] = max(level[edge.to], level[edge.person])
                moved = True
        if not moved:
            break
    lifted = _with_peers(people, _nearer(level, edges), edges)
    used = sorted(set(lifted.values()))
    return [[key for key in people if lifted[key] == one] for one in used]


def _with_peers(people: Mapping[Key, Member], level: dict[Key, int], edges: Sequence[Edge]) -> dict[Key, int]:
    """Who is tied to nobody stands with the people nearest in age, else with the youngest."""
    tied = {key for e in edges if _drop(e, -1) >= 0 for key in (e.person, e.to)}
    born = [(people[key].born, level[key]) for key in people if key in tied and people[key].born]
    youngest = max((level[key] for key in tied), default=0)
    for key in people:
        if key not in tied:
            mine = people[key].born
            near = min(((abs((mine - day).days), row) for day, row in born), default=None) if mine else None
            level[key] = near[1] if near else youngest
    return level


def _nearer(level: dict[Key, int], edges: Sequence[Edge]) -> dict[Key, int]:
    """Parents without parents of their own come down to just above their children (with their couples)."""
    lifted = dict(level)
    for _round in range(len(level)):
        moved = False
        for group in _couples(lifted, edges):
            above = [e for e in edges if e.to in group and _drop(e)]
            below = [lifted[e.to] - _drop(e) for e in edges if e.person in group and _drop(e)]
            same = [e for e in edges if not _drop(e, 1) and (e.person in group) != (e.to in group)]
            target = min(below, default=None)
            if not above and not same and target is not None and target > lifted[group[0]]:
                for key in group:
                    lifted[key] = target
                moved = True
        if not moved:
            break
    return lifted


def _drop(edge: Edge, unknown: int = 0) -> int:
    if edge.relation in DESCENT:
        return 1
    return 0 if edge.relation in COUPLE else LEVEL.get(edge.relation, unknown)


def _couples(keys: Iterable[Key], edges: Sequence[Edge]) -> list[list[Key]]:
    """People joined by being or having been couples, each group in order; everybody is in one group."""
    group = {key: [key] for key in keys}
    for edge in edges:
        if edge.relation in COUPLE and group[edge.person] is not group[edge.to]:
            joined = group[edge.person] + group[edge.to]
            for key in joined:
                group[key] = joined
    seen: dict[int, list[Key]] = {id(one): one for one in group.values()}
    return list(seen.values())


def _columns(
    people: Mapping[Key, Member], edges: Sequence[Edge], rows: Sequence[Sequence[Key]]
) -> list[dict[Key, int]]:
    """Half-step columns, row by row: couples together, families under their parents, then pushed apart."""
    done: list[dict[Key, int]] = []
    for row in rows:
        inside = set(row)
        couples = _couples(row, [e for e in edges if e.person in inside and e.to in inside])
        blocks = [_in_line(group, people, edges) for group in couples]
        above = {key: column for one in done for key, column in one.items()}
        wanted = [(_wish(block, edges, above), str(block[0]), block) for block in blocks]
        placed: dict[Key, int] = {}
        free = 0
        for wish, _name, block in sorted(wanted, key=lambda one: (one[0] is None, one[0] or 0, _born(one[2], people))):
            start = max(free, (wish if wish is not None else free) - (len(block) - 1))
            placed |= {key: start + 2 * index for index, key in enumerate(block)}
            free = start + 2 * len(block)
        done.append(placed)
    return _centred(done, edges)


def _born(block: Sequence[Key], people: Mapping[Key, Member]) -> tuple[bool, date, str]:
    return min(_order(people[key]) for key in block)


def _in_line(group: Sequence[Key], people: Mapping[Key, Member], edges: Sequence[Edge]) -> list[Key]:
    """A couple with the man left; who had several partners stands between them."""
    if len(group) < 3:
        return sorted(group, key=lambda key: (people[key].sex != "male", people[key].sex != "other", str(key)))
    ties = dict.fromkeys(group, 0)
    for edge in edges:
        if edge.relation in COUPLE and edge.person in ties and edge.to in ties:
            ties[edge.person] += 1
            ties[edge.to] += 1
    middle = max(group, key=lambda key: (ties[key], str(key)))
    others = sorted((key for key in group if key != middle), key=lambda key: _order(people[key]))
    return [*others[: len(others) // 2], middle, *others[len(others) // 2 :]]


def _wish(block: Sequence[Key], edges: Sequence[Edge], above: Mapping[Key, int]) -> int | None:
    """The middle of the parents of anybody in the block."""
    parents = [above[e.person] for e in edges if _drop(e) and e.to in block and e.person in above]
    return sum(parents) // len(parents) if parents else None


def _centred(rows: list[dict[Key, int]], edges: Sequence[Edge]) -> list[dict[Key, int]]:
    """Move each row as a whole over the one below it, then the picture to the left edge."""
    for index in range(len(rows) - 2, -1, -1):
        row, below = rows[index], rows[index + 1]
        apart = [below[e.to] - row[e.person] for e in edges if e.person in row and e.to in below]
        if apart:
            shift = sum(apart) // len(apart)
            rows[index] = {key: column + shift for key, column in row.items()}
    least = min((column for row in rows for column in row.values()), default=0)
    return [{key: column - least for key, column in row.items()} for row in rows]


def _ties(edges: Sequence[Edge], at: Mapping[Key, Place]) -> Iterable[str]:
    parents: dict[Key, set[Key]] = {}
    couples: dict[tuple[Place, Place], bool] = {}
    for edge in edges:
        one, other = at[edge.person], at[edge.to]
        if edge.relation in DESCENT and one.generation != other.generation:
            parents.setdefault(edge.to, set()).add(edge.person)
        elif edge.relation in COUPLE and one.generation == other.generation:
            pair = (one, other) if one.x < other.x else (other, one)
            couples[pair] = couples.get(pair, False) or edge.relation in ENDED
    for (left, right), is_over in couples.items():
        yield f"M{left.x + 18} {left.y}H{right.x - 18}" if right.x - left.x <= STEP_X else _over(left, right)
        if is_over:
            middle = (left.x + right.x) // 2
            yield f"M{middle - 8} {left.y + 8}l8-16M{middle} {left.y + 8}l8-16"
    families: dict[frozenset[Key], list[Key]] = {}
    for child, who in parents.items():
        families.setdefault(frozenset(who), []).append(child)
    bars: dict[int, int] = {}
    for who, children in sorted(families.items(), key=lambda one: (-len(one[0]), sorted(map(str, one[1])))):
        below = [at[key] for key in children]
        row = min(place.y for place in below)
        yield _descent([at[key] for key in who], below, row - 34 - 11 * min(bars.get(row, 0), 2))
        bars[row] = bars.get(row, 0) + 1
    yield from _siblings(edges, parents, at)


def _bows(edges: Sequence[Edge], at: Mapping[Key, Place]) -> Iterable[str]:
    """Care, guardianship and kinship nobody named: a bow from sign to sign, under whoever stands between."""
    for edge in edges:
        if edge.relation not in DESCENT:
            one, other = sorted((at[edge.person], at[edge.to]), key=lambda place: (place.y, place.x))
            middle = (one.x + other.x) // 2
            if one.y == other.y:
                yield f"M{one.x} {one.y + 18}Q{middle} {one.y + 74} {other.x} {other.y + 18}"
            else:
                yield f"M{one.x + 14} {one.y + 14}Q{middle + 30} {(one.y + other.y) // 2} {other.x + 8} {other.y - 18}"


def _over(left: Place, right: Place) -> str:
    """A couple with somebody between them: the line goes over his head."""
    return f"M{left.x} {left.y - 18}v-8H{right.x}v8"


def _descent(parents: Sequence[Place], children: Sequence[Place], bar: int) -> str:
    """From the middle of the parents down to their own bar, and from the bar to each child."""
    low = max(place.y for place in parents)
    x = sum(place.x for place in parents) // len(parents)
    top = low if len(parents) > 1 else low + LABEL
    ends = [x, *(place.x for place in children)]
    drops = "".join(f"M{place.x} {bar}V{place.y - 18}" for place in sorted(children, key=lambda one: one.x))
    return f"M{x} {top}V{bar}M{min(ends)} {bar}H{max(ends)}{drops}"


def _siblings(edges: Sequence[Edge], parents: Mapping[Key, object], at: Mapping[Key, Place]) -> Iterable[str]:
    """Brothers and sisters whose parents nobody knows hang from a bar of their own."""
    for edge in edges:
        if edge.relation in ("sibling", "half_sibling") and not (edge.person in parents and edge.to in parents):
            one, other = sorted((at[edge.person], at[edge.to]), key=lambda place: place.x)
            if one.generation == other.generation:
                yield f"M{one.x} {one.y - 18}v-14H{other.x}v14"


def _outline(home: Sequence[Place], everybody: Sequence[Place]) -> str:
    """A tint round those who live together, in runs of neighbours so that nobody else stands inside it.

    A run that lies over a run of the next generation is joined with it.
    """
    inside = {place.key for place in home}
    runs: list[list[tuple[int, int, int]]] = []
    for y in sorted({place.y for place in everybody}):
        row = sorted((place for place in everybody if place.y == y), key=lambda one: one.x)
        for key, group in groupby(row, key=lambda place: place.key in inside):
            xs = [place.x for place in group]
            if key:
                run = (y, xs[0] - 40, xs[-1] + 40)
                above = next((one for one in runs if _touches(one[-1], run)), None)
                if above is None:
                    runs.append([run])
                else:
                    above.append(run)
    return "".join(_polygon(one) for one in runs)


def _touches(above: tuple[int, int, int], below: tuple[int, int, int]) -> bool:
    overlap = min(above[2], below[2]) - max(above[1], below[1])
    return below[0] - above[0] == STEP_Y and overlap >= STEP_X // 2


def _polygon(runs: Sequence[tuple[int, int, int]]) -> str:
    """Down the right side, up the left, with a step between generations where the runs differ."""
    right, left = [], []
    for index, (y, start, end) in enumerate(runs):
        top = y - 28 if index == 0 else runs[index - 1][0] + 48
        bottom = y + 46 if index == len(runs) - 1 else y + 48
        right += [(end, top), (end, bottom)]
        left += [(start, top), (start, bottom)]
    points = [*right, *reversed(left)]
    return "M" + "L".join(f"{x} {y}" for x, y in points) + "z"
