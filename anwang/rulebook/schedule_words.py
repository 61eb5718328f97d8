"""What a schedule says, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .schedules import Schedule, Stage
from .text import Text
from .words import length_words


def in_one_line(schedule: Schedule) -> Text:
    """1個月4次；之後每1個月2次, or who must set it."""
    if not schedule.is_set:
        who = schedule.set_by or schedule.owner
        return Text(f"尚未訂定，由{who.zh}訂定", f"Not set; to be set by {who.to('en')}")
    return Text(
        "；".join(_stage(stage, "zh") for stage in schedule.steps),
        "; ".join(_stage(stage, "en") for stage in schedule.steps),
    )


def _stage(stage: Stage, lang: str) -> str:
    length = length_words(stage.every, lang)
    if lang == "zh":
        face = f"（當面{stage.in_person}次）" if stage.in_person else ""
        times = "" if stage.times is None else f"，共{stage.times}期"
        return f"每{length}{stage.contacts}次{face}{times}"
    face = f" ({stage.in_person} in person)" if stage.in_person else ""
    times = "" if stage.times is None else f", {stage.times} in a row"
    return f"{stage.contacts} every {length}{face}{times}"


def line_by_line(schedule: Schedule, terms: Mapping[str, Text]) -> tuple[Text, ...]:
    """Its stages, what counts, who owns and who wrote the frequency."""

    def events(codes: Iterable[str], lang: str) -> str:
        return (", " if lang == "en" else "、").join(terms[code].to(lang) if code in terms else code for code in codes)

    lines = [in_one_line(schedule)]
    if schedule.starts_when:
        starts = sorted(schedule.starts_when)
        lines.append(Text(f"開始：{events(starts, 'zh')}", f"Starts: {events(starts, 'en')}"))
    lines.append(
        Text(
            "計算：起算日不計，逐期相接，不跳期也不重疊",
            "Counting: first day not counted; windows without gap or overlap",
        )
    )
    if schedule.effort:
        lines.append(Text("有紀錄的努力視同達成", "Effort that was written down counts as compliance"))
    if schedule.least:
        zh, en = length_words(schedule.least, "zh"), length_words(schedule.least, "en")
        lines.append(Text(f"至少{zh}", f"For at least {en}"))
    if schedule.review_every:
        zh, en = length_words(schedule.review_every, "zh"), length_words(schedule.review_every, "en")
        lines.append(Text(f"每{zh}檢視一次", f"Looked at every {en}"))
    lines.append(Text(f"訂定機關：{schedule.owner.zh}", f"Owner: {schedule.owner.to('en')}"))
    if schedule.author:
        lines.append(Text(f"提出者：{schedule.author.zh}", f"Author: {schedule.author.to('en')}"))
    return tuple(lines)
