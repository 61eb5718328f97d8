"""Which other records may be the same person, with the reasons, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.people.models import Person
from anwang.people.states import Sex
from anwang.people.words import age_words, birth_words, name_words, partial, verdict_words

CANDIDATES_SQL = """
WITH agreeing AS MATERIALIZED (SELECT * FROM people_candidates(%(who)s)),
standing AS MATERIALIZED (
  SELECT DISTINCT ON (d.other) d.other, d.id, d.verdict
    FROM (SELECT CASE WHEN person_id = %(who)s THEN other_id ELSE person_id END AS other, id, verdict, recorded_at
            FROM people_identitydecision WHERE person_id = %(who)s OR other_id = %(who)s) d
   ORDER BY d.other, d.recorded_at DESC, d.id DESC)
SELECT p.*, a.same_number, a.same_name, a.same_phone, a.same_place, s.id AS decision_id, s.verdict
  FROM (SELECT %(who)s::uuid AS id UNION SELECT person_id FROM agreeing UNION SELECT other FROM standing) asked
  JOIN people_person p ON p.id = asked.id
  LEFT JOIN agreeing a ON a.person_id = p.id LEFT JOIN standing s ON s.other = p.id
"""
"""The person and the others that agree with him or about whom the newest decision of the pair stands."""


@dataclass(frozen=True)
class Candidate:
    """Another record, what speaks for and against one person, how much in words, and what stands decided."""

    person_id: UUID
    name: str
    birth: str
    age: str
    agrees: tuple[str, ...]
    differs: tuple[str, ...]
    codes: tuple[str, ...]
    """The same reasons as codes, to be kept with the decision."""
    likeness: str
    decided: str
    """same, apart, unsure or empty."""
    decided_words: str
    decision_id: UUID | None


def candidates(viewer: Viewer, person_id: UUID) -> tuple[Candidate, ...]:
    """Readable records that agree with this one in something, the likeliest first. Nothing is concluded from a number
    alone: numbers are lent, copied wrongly and forged.
    """
    people = {one.id: one for one in Person.objects.raw(CANDIDATES_SQL, {"who": person_id})}
    here = people.pop(person_id, None)
    if here is None:
        return ()
    found = [_weighed(here, other) for other in people.values()]
    return tuple(one for _rank, one in sorted(found, key=lambda pair: (pair[0], pair[1].name, pair[1].person_id)))


def _weighed(here: Person, other: Person) -> tuple[int, Candidate]:
    same = {why: bool(getattr(other, f"same_{why}")) for why in ("number", "name", "phone", "place")}
    born, their = (partial(one.born_earliest, one.born_latest, one.birth_is_approximate) for one in (here, other))
    exact = bool(born and their and born.exact and born.exact == their.exact)
    fits = bool(born and their and born.may_equal(their))
    differs = {
        "birth": bool(born and their and not fits and not (born.approximate or their.approximate)),
        "sex": {here.sex, other.sex} == {Sex.FEMALE, Sex.MALE},
        "name": bool(here.name_key and other.name_key and not same["name"]),
    }
    agrees = {**same, "birth": exact, "birth_fits": fits and not exact}
    rank = _rank(agrees, differs)
    verdict = other.verdict or ""
    return rank, Candidate(
        person_id=other.id,
        name=name_words(other.name, other.name_kind),
        birth=birth_words(other.born_earliest, other.born_latest, other.birth_is_approximate),
        age=age_words(other.born_earliest, other.born_latest, other.birth_is_approximate),
        agrees=tuple(words for code, words in _agree_words().items() if agrees[code]),
        differs=tuple(words for code, words in _differ_words().items() if differs[code]),
        codes=(*(c for c in agrees if agrees[c]), *(f"not_{c}" for c in differs if differs[c])),
        likeness=(_("很可能是同一人"), _("可能是同一人"), _("依據不多，請再查"))[rank],
        decided=verdict,
        decided_words=verdict_words(verdict),
        decision_id=other.decision_id,
    )


def _rank(agrees: dict[str, bool], differs: dict[str, bool]) -> int:
    """0 likely, 1 possible, 2 little to go by. Name and day of birth weigh most; a number alone weighs little."""
    firm = sum((agrees["number"], agrees["name"], agrees["birth"]))
    against = sum(differs.values())
    if firm > 1 and not against:
        return 0
    soft = agrees["phone"] or agrees["place"] or agrees["birth_fits"]
    return 1 if (firm > 1 or (agrees["name"] and soft) or (firm and soft and not against)) else 2


def _agree_words() -> dict[str, str]:
    return {
        "name": _("同姓名"),
        "birth": _("同生日"),
        "birth_fits": _("生日不衝突"),
        "number": _("同證號"),
        "phone": _("同電話"),
        "place": _("同住址"),
    }


def _differ_words() -> dict[str, str]:
    return {"name": _("姓名不同"), "birth": _("生日不同"), "sex": _("性別不同")}
