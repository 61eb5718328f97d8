"""A ministry section with its officer and chief, two counties' bureaus, and minutes that are out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from anwang.access.models import Account
from anwang.access.viewer import Viewer
from anwang.directory.models import Appointment, Jurisdiction, Unit, Worker
from anwang.directory.states import Role, UnitKind
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.minutes.models import Body, DecisionText, Item, Series, Sitting
from anwang.tracking import actions
from anwang.tracking.models import Track
from tests.world import SINCE, World

MET = date(2026, 3, 2)
DUE = date(2026, 4, 2)
SECTION, BUREAU, OTHER = "section", "social", "social2"


@dataclass
class Forum:
    """The section that keeps the minutes, and one sitting of its forum."""

    world: World
    hands: clock.FrozenClock
    sitting: UUID
    item: UUID

    @property
    def units(self) -> dict[str, UUID]:
        return self.world.units

    @property
    def workers(self) -> dict[str, UUID]:
        return self.world.workers

    def be(self, key: str) -> Viewer:
        return self.world.viewer(key)


def seat(world: World) -> None:
    """Units and people who steer, beside those of the small county."""
    units = [
        (SECTION, "中央社會及家庭業務組", UnitKind.MINISTRY, "99000", "ministry", True),
        ("section2", "中央保護服務業務組", UnitKind.MINISTRY, "99000", "ministry", True),
        (OTHER, "青嵐縣政府社會處", UnitKind.BUREAU, "99002", "county2", True),
        ("far", "珊瑚縣政府社會處", UnitKind.BUREAU, "99003", "ministry", False),
    ]
    assert Jurisdiction.objects.filter(code="99003").exists()
    for key, name, kind, county, superior, on_system in units:
        world.units[key] = uuid7()
        Unit.objects.create(
            id=world.units[key], code=key, name=name, name_en=key, kind=kind, is_public=True, jurisdiction_id=county,
            superior_id=world.units[superior], on_system=on_system, phone="(02)000-1000", opened_on=date(2010, 1, 1),
        )  # fmt: skip
    people = [
        ("officer", "謝政勳", SECTION, Role.OFFICER), ("head", "藍怡安", SECTION, Role.CHIEF),
        ("officer2", "岑佳穎", "section2", Role.OFFICER), ("county_officer", "程雅文", BUREAU, Role.OFFICER),
        ("other_officer", "柏翰林", OTHER, Role.OFFICER), ("top", "譚若水", "ministry", Role.CHIEF),
    ]  # fmt: skip
    for key, name, unit, role in people:
        world.workers[key] = uuid7()
        Worker.objects.create(id=world.workers[key], name=name, name_en=key, phone="0900-000-800")
        Appointment.objects.create(worker_id=world.workers[key], unit_id=world.units[unit], role=role, started_at=SINCE)
        Account.objects.create_user(key, "correct horse battery", worker_id=world.workers[key], is_demo=True)


def met(world: World, hands: clock.FrozenClock, *, state: str = "sent", number: int = 7) -> Forum:
    """A sitting of 政策溝通會議 of the section, with one report on its agenda."""
    now = clock.now()
    by = world.viewer("officer")
    body, _made = Body.objects.get_or_create(
        name="網絡政策溝通會議", keeper_id=world.units[SECTION],
        defaults={"level": "ministry", "made_at": now, "by": by.worker_id},
    )  # fmt: skip
    series, _made = Series.objects.get_or_create(
        body=body, title="網絡政策溝通會議第{n}次", defaults={"made_at": now, "by": by.worker_id}
    )
    sent = {"sent_at": now, "sent_by": by.worker_id} if state == "sent" else {}
    sitting = Sitting.objects.create(
        unit_id=world.units[SECTION], series=series, number=number, title=f"網絡政策溝通會議第{number}次會議紀錄",
        met_on=MET, state="draft", made_at=now, by=by.worker_id,
    )  # fmt: skip
    item = Item.objects.create(
        sitting=sitting, position=1, line=9, section="參、報告案", label="一", title="新指標運用情形", kind="report"
    )
    forum = Forum(world, hands, sitting.id, item.id)
    if sent:
        forum_texts(forum)
        Sitting.objects.filter(id=sitting.id).update(state=state, **sent)
    return forum


TEXTS = {
    "二": ("請社家組於半年後提出新指標運用專案報告，並修正手動調整之規定。", "半年後", ""),
    "三": ("請社家組定期（每半年）檢視社工流動情形。", "", "每半年"),
    "四": ("請各縣市於115年4月回報實物銀行分布。", "2026-04", ""),
}


def forum_texts(forum: Forum) -> None:
    for place, (number, (words, due, every)) in enumerate(TEXTS.items(), 2):
        DecisionText.objects.create(
            sitting_id=forum.sitting, item_id=forum.item, position=place, line=10 + place, number=number, level=1,
            text=words, due=due, recurrence=every, units=[],
        )  # fmt: skip


def text_of(forum: Forum, number: str) -> DecisionText:
    return DecisionText.objects.get(sitting_id=forum.sitting, number=number)


def tracked(forum: Forum, number: str = "二", *, by: str = "officer", **given: object) -> Track:
    """列管 of a sentence, to the county's bureau unless told otherwise."""
    wanted = {"unit_id": forum.units[BUREAU], "due_on": DUE, **given}
    return actions.track(text_id=text_of(forum, number).id, wanted=actions.Wanted(**wanted), by=forum.be(by),  # type: ignore[arg-type]
                         at=clock.now())  # fmt: skip


def reported(forum: Forum, track: Track, by: str = "county_officer", proposes: str = "released") -> None:
    actions.report(decision_id=track.decision_id, words="已提出報告", evidence="府社字第1150000號", proposes=proposes,
                   by=forum.be(by), at=clock.now())  # fmt: skip


def ruled(forum: Forum, track: Track, state: str = "released", by: str = "officer", **given: object) -> None:
    from anwang.conferences.actions import Ruled

    told = Ruled(state=state, **given)  # type: ignore[arg-type]
    actions.rule(decision_id=track.decision_id, ruled=told, by=forum.be(by), at=clock.now())


def days(count: int) -> timedelta:
    return timedelta(days=count)


__all__ = ["BUREAU", "DUE", "MET", "OTHER", "SECTION", "Forum", "datetime", "days", "met", "reported", "ruled", "seat",
           "text_of", "tracked"]  # fmt: skip
