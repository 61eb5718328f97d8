"""Log-in cards of the demonstration: one per invented worker, with what the desk does. Never outside it."""

from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anwang.directory.states import Role

from .words import lang

DOES: dict[str, Promise] = {
    Role.DUTY_WORKER: _("夜裡接電話、出勤、緊急安置，天亮把事交給白天的人。"),
    Role.DUTY_SUPERVISOR: _("夜裡的決定由他電話同意，早上補簽；看誰出勤還沒回報。"),
    Role.SCREENER: _("看通報、查先前紀錄，對每個人分開決定要怎麼辦。"),
    Role.SCREENING_SUPERVISOR: _("審核分級與不開案，派給單位，處理派案爭議。"),
    Role.INVESTIGATOR: _("去看孩子，寫調查報告，逐個孩子寫安全結果。"),
    Role.SOCIAL_WORKER: _("承辦個案：聯繫、訪視、計畫、轉銜，看今天該做什麼。"),
    Role.CARE_VISITOR: _("關懷訪視，看得到風險與聯繫窗口，看不到被害人的去處。"),
    Role.SUPERVISOR: _("簽收派案、選社工、審核報告，看卡在哪裡。"),
    Role.CHIEF: _("看單位的數字與爭議，裁定誰負責；不讀個案紀錄。"),
    Role.CLERK: _("收文、發文，把文號掛在事情上，代登紙本回覆。"),
    Role.NGO_WORKER: _("受委託承辦：做事、寫紀錄；負責的仍是委託的機關。"),
    Role.NGO_SUPERVISOR: _("看所屬社工的進度，和委託機關對接。"),
    Role.NURSE: _("公衛護理師：看得到安全提醒與聯繫窗口，看不到被害人的去處。"),
    Role.PRIVACY_OFFICER: _("看誰查了誰、查得有沒有道理；自己不讀個案。"),
    Role.NETWORK_GUEST: _("受邀開會或進戰情室：只看得到受邀的那一場。"),
    Role.OFFICER: _("會議紀錄、列管、規則、提報與經費；不讀個案。"),
    Role.ADMINISTRATOR: _("管帳號與設定，看不到任何個案。"),
}

# Accounts of the demonstration with their first live post; a worker without one cannot work and has no card.
_CARDS = """
SELECT a.id, CASE WHEN %(english)s AND w.name_en <> '' THEN w.name_en ELSE w.name END,
       p.role, CASE WHEN %(english)s AND u.name_en <> '' THEN u.name_en ELSE u.name END,
       CASE WHEN %(english)s AND j.name_en <> '' THEN j.name_en ELSE j.name END
  FROM access_account a
  JOIN directory_worker w ON w.id = a.worker_id
  JOIN LATERAL (SELECT role, unit_id FROM directory_appointment
                 WHERE worker_id = w.id AND ended_at IS NULL ORDER BY started_at LIMIT 1) p ON true
  JOIN directory_unit u ON u.id = p.unit_id
  JOIN directory_jurisdiction j ON j.code = u.jurisdiction_id
 WHERE a.is_demo AND a.is_active
 ORDER BY j.code, array_position(%(roles)s::text[], p.role::text), u.code, a.username
"""


class Card(NamedTuple):
    """One card; `account_id` is what the button sends."""

    account_id: UUID
    name: str
    role: str | Promise
    unit: str
    does: str | Promise
    county: str


def cards() -> list[Card]:
    """The cards by county, each in the order of the night and the day; empty outside the demonstration."""
    if not is_on():
        return []
    with connection.cursor() as cursor:
        cursor.execute(_CARDS, {"english": lang() == "en", "roles": [str(role) for role in DOES]})
        found = cursor.fetchall()
    return [Card(key, name, Role(role).label, unit, DOES[role], county) for key, name, role, unit, county in found]


def is_on() -> bool:
    """Whether this installation is a demonstration."""
    return bool(settings.DEMO)
