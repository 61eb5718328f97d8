"""A calendar file (RFC 5545) that says how many things a day holds and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

CONTENT_TYPE = "text/calendar; charset=utf-8"
OCTETS = 75


def written(feed: UUID, per_day: Mapping[date, int], now: datetime) -> str:
    """One all-day entry for each day with something: 待辦2件. No name, number, kind or place, no link."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//anwang//1//", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(_('待辦'))}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]  # fmt: skip
    for on, n in sorted(per_day.items()):
        title = ngettext("待辦%(n)d件", "待辦%(n)d件", n) % {"n": n}
        lines += [
            "BEGIN:VEVENT", f"UID:{_uid(feed, on)}", f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{on:%Y%m%d}", f"DTEND;VALUE=DATE:{on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(title)}", "CLASS:PRIVATE", "TRANSP:TRANSPARENT", "END:VEVENT",
        ]  # fmt: skip
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _uid(feed: UUID, on: date) -> str:
    return f"{hashlib.sha256(f'{feed}{on}'.encode()).hexdigest()[:24]}@anwang"


def _escaped(text: str) -> str:
    for raw in ("\\", ";", ","):
        text = text.replace(raw, f"\\{raw}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, never cut inside a character."""
    parts: list[str] = []
    part = ""
    for char in line:
        if len((part + char).encode()) > OCTETS - (1 if parts else 0):
            parts.append(part)
            part = ""
        part += char
    return "\r\n ".join([*parts, part])
