"""Plays what `insiders.yaml` says: one file, one reader, what he had and did, and one reading."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from anwang.access.models import Grant
from anwang.access.viewer import service_viewer
from anwang.audit.actions import reading, record
from anwang.audit.models import Reading
from anwang.directory.models import Absence, Shift, Worker
from anwang.foundation import clock
from anwang.foundation.roc import PartialDate
from anwang.foundation.uuid7 import uuid7
from anwang.intake import actions as intake
from anwang.intake.incoming import PersonIn
from anwang.oversight.actions import declare
from tests.unit.intake.stories import told
from tests.world import World

ADDRESS = "望潮縣河岬鎮無名路9001號"
PEOPLE = (
    PersonIn(role="victim", name="張雅文", sex="female", addresses=(("living", ADDRESS),)),
    PersonIn(role="other_party", name="吳建國", sex="male", birth=PartialDate(1989, 5, 5)),
    PersonIn(role="child", name="吳小安", sex="male"),
)
DEFAULT_AT = "2026-04-20T14:00+08:00"


class Play:
    """The county, the report, the reader and the instant of his reading."""

    def __init__(self, world: World, told_: dict[str, object]) -> None:
        self.world, self.told = world, told_
        self.at = datetime.fromisoformat(str(told_.get("at", DEFAULT_AT)))
        self.reader = world.workers[str(told_["reader"])]
        if name := told_.get("named"):
            Worker.objects.filter(id=self.reader).update(name=name)

    def run(self) -> Reading:
        self.file = self._report()
        for part, sign in (("before", -1), ("after", 1)):
            for step in self.told.get(part, ()):  # type: ignore[attr-defined]
                self._step(dict(step), sign)
        with clock.frozen(self.at):
            by = self.world.viewer(str(self.told["reader"]))
            reading(str(self.told.get("reads", "report")), by=by, file_id=self.file, zone="case")
        return Reading.objects.filter(by_worker_id=self.reader).latest("at")

    def _report(self) -> UUID:
        with clock.frozen(self.at - timedelta(days=9)):
            by = self.world.viewer("screening_supervisor")
            when = f"{clock.local(clock.now()):%Y-%m-%d %H:%M}"
            made = intake.receive_report(report=told(when, "爭吵", *PEOPLE, kinds=("intimate_violence",)), by=by)
        Grant.objects.filter(file_id=made.id).update(ends_at=self.at - timedelta(days=5))
        return made.id

    def _step(self, step: dict[str, object], sign: int) -> None:
        kind = next(one for one in ("grant", "act", "shift", "covers", "self", "kin", "colleague") if one in step)
        getattr(self, f"_{kind}")(step, sign)

    def _grant(self, step: dict[str, object], sign: int) -> None:
        ended = step.get("ended")
        Grant.objects.create(
            id=uuid7(), file_id=self.file, holder=self._holder(str(step["grant"])), zones=["work", "case"],
            purpose="casework", because=step["because"],
            starts_at=self.at - timedelta(hours=float(step.get("hours", 72))),  # type: ignore[arg-type]
            ends_at=self.at - timedelta(hours=float(ended)) if ended else None,  # type: ignore[arg-type]
            recorded_at=clock.now(),
        )  # fmt: skip

    def _holder(self, said: str) -> str:
        if said == "own":
            return f"w:{self.reader}"
        if said == "glass":
            return f"w:{self.reader}/glass"
        if said == "desk":
            return f"d:{self.world.desk}"
        mark, _, rest = said.partition(":")
        name, _, role = rest.partition("/")
        known = self.world.workers if mark == "w" else self.world.units
        return f"{mark}:{known[name]}" + (f"/{role}" if role else "")

    def _act(self, step: dict[str, object], sign: int) -> None:
        with clock.frozen(self.at + sign * timedelta(hours=float(step["hours"]))):  # type: ignore[arg-type]
            by = self.world.viewer(str(self.told["reader"]))
            file = None if step["act"] == "people.searched" else self.file
            record(str(step["act"]), by=by, matter_id=file)

    def _shift(self, step: dict[str, object], sign: int) -> None:
        half = timedelta(hours=float(step["shift"]) / 2)  # type: ignore[arg-type]
        Shift.objects.create(desk_id=self.world.desk, worker_id=self.reader, rank=1, starts_at=self.at - half,
                             ends_at=self.at + half)  # fmt: skip

    def _covers(self, step: dict[str, object], sign: int) -> None:
        Absence.objects.create(
            id=uuid7(), worker_id=self.world.workers[str(step["covers"])], covered_by_id=self.reader, kind="leave",
            starts_at=self.at - timedelta(days=1), ends_at=self.at + timedelta(days=1),
        )  # fmt: skip

    def _self(self, step: dict[str, object], sign: int) -> None:
        self._declare(str(self.told["reader"]), {"relation": "self", **step["self"]})  # type: ignore[dict-item]

    def _kin(self, step: dict[str, object], sign: int) -> None:
        self._declare(str(self.told["reader"]), dict(step["kin"]))  # type: ignore[call-overload]

    def _colleague(self, step: dict[str, object], sign: int) -> None:
        said = dict(step["colleague"])  # type: ignore[call-overload]
        self._declare(said.pop("worker"), {"relation": "self", **said})

    def _declare(self, who: str, said: dict[str, object]) -> None:
        if "born_on" in said:
            said["born_on"] = date.fromisoformat(str(said["born_on"]))
        with clock.frozen(self.at - timedelta(hours=30)):
            declare(by=self.world.viewer(who), **said)  # type: ignore[arg-type]
        service_viewer("oversight", at=self.at)
