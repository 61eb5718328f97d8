"""A small invented county for tests: units on a real tree, workers at posts, a duty desk with a roster.

`build_world()` writes it through the ORM inside the test's transaction; everything is reached by short names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from anwang.access.models import Account
from anwang.access.viewer import Viewer, viewer_for
from anwang.directory.models import Appointment, Desk, Jurisdiction, ServiceArea, Shift, Unit, Worker
from anwang.directory.states import Role, UnitKind
from anwang.foundation.uuid7 import uuid7

SINCE = datetime(2020, 1, 1, tzinfo=UTC)
UNITS = [
    # key, name, English name, kind, county, superior, public, on system
    ("ministry", "中央主管機關", "Ministry", UnitKind.MINISTRY, "99000", None, True, False),
    ("county", "望潮縣政府", "Wangchao County", UnitKind.COUNTY, "99001", "ministry", True, True),
    ("social", "望潮縣政府社會局", "Social Affairs", UnitKind.BUREAU, "99001", "county", True, True),
    ("health", "望潮縣政府衛生局", "Public Health", UnitKind.BUREAU, "99001", "county", True, False),
    (
        "intake",
        "通報調查處理中心",
        "Reporting and Investigation Centre",
        UnitKind.INTAKE,
        "99001",
        "social",
        True,
        True,
    ),
    ("protection", "家防中心兒保組", "Child Protection", UnitKind.PROTECTION, "99001", "social", True, True),
    ("adult", "家防中心成保組", "Adult Protection", UnitKind.PROTECTION, "99001", "social", True, True),
    ("welfare", "河岬社福中心", "Heja Welfare Centre", UnitKind.WELFARE, "99001", "social", True, True),
    ("ngo", "潮聲協會", "Tide Association", UnitKind.NGO, "99001", "social", False, True),
    ("county2", "青嵐縣政府", "Qinglan County", UnitKind.COUNTY, "99002", "ministry", True, False),
    (
        "protection2",
        "青嵐縣家防中心",
        "Qinglan Protection Centre",
        UnitKind.PROTECTION,
        "99002",
        "county2",
        True,
        False,
    ),
]
WORKERS = [
    # key, name, English name, unit, role
    ("screener", "杜婉婷", "Du Wanting", "intake", Role.SCREENER),
    ("screening_supervisor", "方振維", "Fang Zhenwei", "intake", Role.SCREENING_SUPERVISOR),
    ("investigator", "尤冠廷", "You Guanting", "intake", Role.INVESTIGATOR),
    ("worker", "簡伯勳", "Jian Boxun", "protection", Role.SOCIAL_WORKER),
    ("worker2", "徐意涵", "Xu Yihan", "protection", Role.SOCIAL_WORKER),
    ("supervisor", "葉承翰", "Ye Chenghan", "protection", Role.SUPERVISOR),
    ("adult_worker", "賴思穎", "Lai Siying", "adult", Role.SOCIAL_WORKER),
    ("adult_supervisor", "石宗霖", "Shi Zonglin", "adult", Role.SUPERVISOR),
    ("welfare_worker", "沈芷妍", "Shen Zhiyan", "welfare", Role.SOCIAL_WORKER),
    ("welfare_supervisor", "傅雅琪", "Fu Yaqi", "welfare", Role.SUPERVISOR),
    ("ngo_worker", "孫可欣", "Sun Kexin", "ngo", Role.NGO_WORKER),
    ("chief", "游敏慧", "You Minhui", "social", Role.CHIEF),
    ("clerk", "鍾志豪", "Zhong Zhihao", "social", Role.CLERK),
    ("night", "曹宜庭", "Cao Yiting", "protection", Role.SOCIAL_WORKER),
    ("administrator", "余文君", "Yu Wenjun", "social", Role.ADMINISTRATOR),
    ("nurse", "陶佩玲", "Tao Peiling", "health", Role.NURSE),
    ("privacy", "蒲思妤", "Pu Siyu", "social", Role.PRIVACY_OFFICER),
]


@dataclass(frozen=True)
class World:
    """The county by short names. `desk` is the county's night desk, at the protection centre."""

    units: dict[str, UUID]
    workers: dict[str, UUID]
    desk: UUID

    def viewer(self, key: str, *, at: datetime | None = None, purpose: str = "casework") -> Viewer:
        """Become a worker for the rest of the transaction (or until the next `viewer`)."""
        return viewer_for(self.workers[key], at=at, purpose=purpose)


def build_world(*, night: tuple[datetime, datetime] | None = None) -> World:
    """Write the county. `night` puts 曹宜庭 on the county's desk for that time."""
    for code, name, name_en, on_system in [
        ("99000", "中央", "Central", False),
        ("99001", "望潮縣", "Wangchao County", True),
        ("99002", "青嵐縣", "Qinglan County", False),
        ("99003", "珊瑚縣", "Shanhu County", False),
    ]:
        Jurisdiction.objects.create(code=code, name=name, name_en=name_en, on_system=on_system)
    units: dict[str, UUID] = {}
    for key, name, name_en, kind, county, superior, public, on_system in UNITS:
        units[key] = uuid7()
        Unit.objects.create(
            id=units[key],
            code=key,
            name=name,
            name_en=name_en,
            kind=kind,
            is_public=public,
            jurisdiction_id=county,
            superior_id=units[superior] if superior else None,
            on_system=on_system,
            phone="(08)000-1000",
            opened_on=date(2010, 1, 1),
        )
    ServiceArea.objects.create(unit_id=units["welfare"], area_code="99001010", area_name="河岬鎮")
    workers: dict[str, UUID] = {}
    for number, (key, name, name_en, unit, role) in enumerate(WORKERS):
        workers[key] = uuid7()
        Worker.objects.create(id=workers[key], name=name, name_en=name_en, phone=f"0900-000-{number:03}")
        Appointment.objects.create(worker_id=workers[key], unit_id=units[unit], role=role, started_at=SINCE)
        Account.objects.create_user(key, "correct horse battery", worker_id=workers[key], is_demo=True)
    desk = uuid7()
    Desk.objects.create(
        id=desk,
        unit_id=units["protection"],
        name="夜間值班台",
        name_en="Night desk",
        phone="(08)000-1113",
        covers_county=True,
    )
    world = World(units, workers, desk)
    if night:
        Shift.objects.create(desk_id=desk, worker_id=workers["night"], rank=1, starts_at=night[0], ends_at=night[1])
    return world


def hours(n: float) -> timedelta:
    """A short way to write a distance in time."""
    return timedelta(hours=n)
