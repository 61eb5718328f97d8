"""From what was typed to a report: kept as typed, sorted carefully, never made less urgent by what was left open."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.intake import actions, rules
from anwang.intake.incoming import OriginalIn, PersonIn, ReporterIn, ReportIn
from anwang.people.states import NameKind, YesNoUnknown

from .forms import YOU
from .languages import Language

CHANNEL, SENDER, UNIT_CODE = "public_form", "public", "31"
"""前台通報 among the state's reporting units."""
MAY_BE_A_PARTY = ("", "self", "family", "unknown")
"""What somebody says he is, when he is or may be one of those the report is about; silence too."""
CATEGORIES = {"self": "self", "family": "family", "neighbour": "citizen"}
SOURCES = {"self": "self", "professional": "network"}
KINDS = {"elder": "elder", "disabled": "disability"}
_NOT_TYPED = frozenset({"token", "receipt"})


def file(
    given: dict[str, Any], typed: QueryDict, nonce: str, language: Language, by: Viewer
) -> tuple[UUID, bool]:  # fmt: skip
    """Receive it: the report, and whether it is new. The same page sent twice is the same report.

    A page changed and sent once more (the way back, on some telephones) is another report: nothing is lost.
    """
    original = _original(typed, language)
    key = f"{nonce}-{sha256(original).hexdigest()[:32]}"
    with translation.override("zh-hant"):
        report = _report(given, original, language)
    received = actions.receive_report(report=report, by=by, county=given["county"].code, sender=SENDER, key=key)
    return received.id, not received._state.adding


def _original(typed: QueryDict, language: Language) -> bytes:
    """What was typed, as it came, in the order of the page."""
    said = {name: values for name, values in typed.lists() if name not in _NOT_TYPED and any(values)}
    return json.dumps({"language": language.slug, "typed": said}, ensure_ascii=False).encode()


def _report(given: dict[str, Any], original: bytes, language: Language) -> ReportIn:
    now = clock.now()
    persons, kinds = _people(given, given["county"].code)
    lines = [(_("什麼時候"), given["when"]), (_("怎麼知道"), given["how"])]
    words = [given["what"], *(_("%(label)s：%(text)s") % {"label": a, "text": b} for a, b in lines if b)]
    return ReportIn(
        received_at=now,
        channel=CHANNEL,
        narrative="\n".join(words),
        kinds=kinds,
        persons=persons,
        reporter=_reporter(given),
        originals=(OriginalIn(original, "application/json", "form.json"),),
        source=SOURCES.get(given["you"], "citizen"),
        unit_code=UNIT_CODE,
        place=given["place"],
        urgency={"danger_now": {"now": "yes", "no": "no"}.get(given["danger"], "unknown")},
        remarks=() if language.slug == "zh" else (_("用%(language)s填寫。") % {"language": language.name},),
    )


def _people(given: dict[str, Any], county: str) -> tuple[tuple[PersonIn, ...], tuple[str, ...]]:
    """Who it is about, and as which kinds. No kind is given unless everybody named is an elder or has a disability:
    then the clock of child protection runs, which is the most protective. "Not known" beside an elder keeps it too."""
    groups = [group for group in given["whom"] if group != "unknown"] or ["unknown"]
    at = clock.now()
    span = rules.ages(PersonIn(role="person", age_text=given["age"]), rules.on_day(at))
    is_young = span is not None and span[0] < rules.whole("age.child", at, county)
    persons = []
    for number, group in enumerate(groups):
        about = {} if number else {"name": given["name"], "age_text": given["age"]}
        name_kind = NameKind.CALLED if about.get("name") else NameKind.UNKNOWN
        persons.append(PersonIn(role=_role(group, is_young and not number), name_kind=name_kind, **about))
    kinds = tuple(KINDS[group] for group in groups if group in KINDS)
    if is_young or "unknown" in given["whom"] or len(kinds) < len(groups):
        kinds = (rules.CHILD_PROTECTION, *kinds) if kinds else ()
    return tuple(persons), kinds


def _role(group: str, is_young: bool) -> str:
    if group == "child" or is_young:
        return "child"
    return "victim" if group in ("unknown", "self") else "person"


def _reporter(given: dict[str, Any]) -> ReporterIn:
    is_at_work = given["you"] == "professional"
    message = {"yes": _("可以留言"), "no": _("不要留言")}.get(given["message"], "")
    return ReporterIn(
        name=given["your_name"],
        phone=given["phone"],
        organisation=given["organisation"],
        relation=str(dict(YOU).get(given["you"], "")),
        category=(given["profession"] or "unknown") if is_at_work else CATEGORIES.get(given["you"], "unknown"),
        may_call_back=given["call_back"] or YesNoUnknown.UNKNOWN,
        call_when="；".join(text for text in (given["call_when"], message) if text),
        name_to_use=given["name_to_use"],
        is_party=given["you"] in MAY_BE_A_PARTY,
    )
