"""The desks of the main menu: who sees which, in which order. A desk whose page does not exist is left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anwang.access.roles import ROLES, Permission
from anwang.directory.states import Role

ALL = frozenset(Role.values)
FIELD = ALL - {Role.ADMINISTRATOR, Role.CLERK, Role.PRIVACY_OFFICER, Role.NETWORK_GUEST, Role.OFFICER}
FRONT = frozenset(
    {Role.SCREENER, Role.SCREENING_SUPERVISOR, Role.DUTY_WORKER, Role.DUTY_SUPERVISOR, Role.INVESTIGATOR, Role.CHIEF}
)
PAPERS, FIGURES, CASEWORK, STEER = (
    frozenset(role for role, permitted in ROLES.items() if permission in permitted)
    for permission in (Permission.PAPERS, Permission.FIGURES, Permission.CASEWORK, Permission.STEER)
)
ACROSS = frozenset(
    role
    for role, permitted in ROLES.items()
    if permitted & {Permission.LOOK_ACROSS, Permission.REVIEW_OPENINGS, Permission.FIGURES}
)
CARE = frozenset({Role.SUPERVISOR, Role.SOCIAL_WORKER, Role.CARE_VISITOR, Role.NURSE, Role.CHIEF})
SUBJECTS = frozenset({Role.CLERK, Role.SUPERVISOR, Role.CHIEF, Role.PRIVACY_OFFICER})
SIGNING = frozenset({Role.SUPERVISOR, Role.SCREENING_SUPERVISOR, Role.DUTY_SUPERVISOR, Role.NGO_SUPERVISOR, Role.CHIEF})


@dataclass(frozen=True, slots=True)
class Desk:
    """One entry: the url names tried in order, the word in the menu, the roles that work there."""

    urls: tuple[str, ...]
    name: str | Promise
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as the page shows it."""

    href: str
    name: str | Promise
    is_here: bool = False


DESKS = (
    Desk(("worklist:today",), _("今日"), FIELD | {Role.CLERK, Role.OFFICER}),
    Desk(("duty_desk:night", "duty_desk:index"), _("值班"), FRONT | {Role.SOCIAL_WORKER, Role.SUPERVISOR}),
    Desk(("intake:index",), _("受理"), FRONT | {Role.SUPERVISOR, Role.SOCIAL_WORKER, Role.CLERK}),
    Desk(("families:index",), _("家庭"), FIELD),
    Desk(("referrals:index",), _("轉介"), CASEWORK),
    Desk(("protection:index",), _("保護令"), CASEWORK),
    Desk(("conferences:index",), _("會議"), FIELD | {Role.NETWORK_GUEST}),
    Desk(("care:index",), _("心衛"), CARE),
    Desk(("unit_desk:index",), _("單位"), SIGNING),
    Desk(("unit_desk:people",), _("人員"), frozenset({Role.ADMINISTRATOR})),
    Desk(("accounts:people",), _("帳號"), frozenset({Role.ADMINISTRATOR})),
    Desk(("accounts:review",), _("帳號清查"), frozenset({Role.PRIVACY_OFFICER})),
    Desk(("rosters:index",), _("名冊"), FRONT | {Role.SUPERVISOR, Role.CLERK}),
    Desk(("papers:index",), _("公文"), PAPERS),
    Desk(("subjects:index",), _("當事人請求"), SUBJECTS),
    Desk(("figures:index",), _("統計"), FIGURES),
    Desk(("systems:index",), _("介接"), frozenset({Role.ADMINISTRATOR, Role.CHIEF, Role.SCREENING_SUPERVISOR})),
    Desk(("restricted:index",), _("限閱"), SIGNING),
    Desk(("disclosure:index",), _("查調"), ACROSS),
    Desk(("oversight:index",), _("查閱稽核"), frozenset({Role.PRIVACY_OFFICER})),
    Desk(("oversight:record",), _("紀錄簿"), frozenset({Role.ADMINISTRATOR})),
    Desk(("minutes:index",), _("政策會議"), STEER),
    Desk(("submissions:index",), _("提報經費"), STEER),
    Desk(("steering:index",), _("提問精進"), STEER),
    Desk(("policy:index",), _("規則"), ALL),
)


def address(*names: str) -> str | None:
    """The path of the first url name that exists, or None."""
    return _address(get_resolver(), names)


@cache
def _address(addresses: URLResolver, names: tuple[str, ...]) -> str | None:
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return None


def entries(roles: frozenset[str], path: str) -> list[Entry]:
    """The menu for these roles on this page; the entry with the longest fitting address is the current one."""
    shown = [(href, desk.name) for href, desk in _open_to(roles)]
    fitting = [href for href, _name in shown if path == href or (href != "/" and path.startswith(href))]
    here = max(fitting, key=len, default="")
    return [Entry(href, name, href == here) for href, name in shown]


def _open_to(roles: frozenset[str]) -> Iterator[tuple[str, Desk]]:
    for desk in DESKS:
        href = address(*desk.urls)
        if href and desk.roles & roles:
            yield href, desk
