"""Two systems that send reports: the hospital, and the national line whose token is about to end.

The plain text of these tokens is thrown away as it is made: whoever wants to send to the demonstration issues one on
the page of the system.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from anwang.demo.beats import beat
from anwang.demo.stage import Stage
from anwang.foundation import clock
from anwang.systems.actions import issue_token, register_system, revoke_token
from anwang.systems.admission import admit
from anwang.systems.states import Scope

JSON = (Scope.REPORTS_WRITE.value, Scope.REPORTS_READ.value)


class Tokens(Stage):
    """余文君 registers them and issues their tokens."""

    hospital: str
    line: str

    @beat("2026-01-06 10:00")
    def they_are_registered(self) -> None:
        hospital = self._register(
            "wangchao-hospital", "望潮醫院通報系統", "Wangchao Hospital reports", "望潮醫院", "county"
        )
        line = self._register("line-113", "113保護專線派案系統", "113 line dispatch", "衛生福利部", "national")
        self.hospital, _id = self._issue(
            hospital, (*JSON, Scope.FHIR_WRITE.value, Scope.FHIR_READ.value), date(2026, 12, 31)
        )
        _lost, lost_id = self._issue(line, JSON, date(2026, 6, 30))
        self.line, _id = self._issue(line, JSON, date(2026, 5, 8))
        revoke_token(token_id=lost_id, by=self.become("yu"), at=clock.now())

    @beat("2026-04-20 22:15")
    def the_line_was_here(self) -> None:
        admit(self.line)

    @beat("2026-04-21 08:05")
    def the_hospital_was_here(self) -> None:
        admit(self.hospital)

    def _register(self, code: str, name: str, name_en: str, agency: str, reach: str) -> UUID:
        row = register_system(
            code=code, name=name, name_en=name_en, agency=agency, reach=reach, channels=("api", "fhir"),
            contact_unit="資訊單位", contact_phone="(08)000-2300", by=self.become("yu"), at=clock.now(),
        )  # fmt: skip
        return row.id

    def _issue(self, system_id: UUID, scopes: tuple[str, ...], until: date) -> tuple[str, UUID]:
        token = issue_token(system_id=system_id, scopes=scopes, expires_on=until, by=self.become("yu"), at=clock.now())
        return token.plain, token.id
