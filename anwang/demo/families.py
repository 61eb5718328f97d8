"""The small families of the background: when each was reported, who got it, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Small:
    """One report and what became of it. `until` is the last step taken (see `background.LIVES`); empty is all."""

    at: str
    kind: str
    worker: str
    until: str = ""
    life: str = "served"
    ground: str = ""


CHILD, WIFE, OLD, ILL, FAMILY, LIFE = (
    "child_protection", "intimate_violence", "elder", "disability", "vulnerable_family", "suicide"
)  # fmt: skip

WANGCHAO = (
    Small("2025-10-14 10:20", CHILD, "jian"),
    Small("2025-11-18 14:05", CHILD, "wen", life="kept"),
    Small("2025-12-09 09:35", FAMILY, "shen"),
    Small("2026-01-08 15:10", CHILD, "jian", life="kept"),
    Small("2026-01-15 11:25", FAMILY, "bai"),
    Small("2026-01-22 09:50", WIFE, "lin", life="commissioned"),
    Small("2026-01-27 16:30", CHILD, "", life="not_opened", ground="no_finding"),
    Small("2026-02-03 10:45", OLD, "lin"),
    Small("2026-02-05 13:20", WIFE, "lin", life="commissioned"),
    Small("2026-02-11 09:15", CHILD, "wen"),
    Small("2026-02-24 14:40", FAMILY, "", life="not_opened", ground="family_copes"),
    Small("2026-03-03 10:10", CHILD, "jian"),
    Small("2026-03-05 15:35", LIFE, "lai"),
    Small("2026-03-10 11:05", WIFE, "lin"),
    Small("2026-03-12 09:40", FAMILY, "shen"),
    Small("2026-03-17 16:15", CHILD, "you", until="late"),
    Small("2026-03-19 10:30", CHILD, "", life="not_opened", ground="wrong_kind"),
    Small("2026-04-02 14:20", ILL, "lin", until="report"),
    Small("2026-04-01 09:55", CHILD, "you", until="report"),
    Small("2026-03-30 10:40", CHILD, "wen", life="handed"),
    Small("2026-04-02 13:45", FAMILY, "shen", until="report"),
    Small("2026-04-01 10:25", CHILD, "cao", until="open"),
    Small("2026-04-08 15:50", FAMILY, "shen", until="late"),
    Small("2026-04-10 09:30", LIFE, "lai"),
    Small("2026-04-14 11:15", CHILD, "you", until="visit"),
    Small("2026-04-16 14:30", WIFE, "lin", until="visit"),
    Small("2026-04-17 10:05", FAMILY, "bai", until="give"),
    Small("2026-04-20 09:20", CHILD, "", life="not_opened", ground="family_copes"),
    Small("2026-04-20 15:40", WIFE, "lin", until="give"),
    Small("2026-04-20 22:50", CHILD, "", until="take"),
    Small("2026-04-21 08:55", CHILD, "", until="take"),
    Small("2026-04-21 10:20", FAMILY, "", until="take"),
    Small("2026-04-21 11:05", WIFE, "", until="take"),
)  # fmt: skip
QINGLAN = (
    Small("2025-11-20 10:30", CHILD, "wu"),
    Small("2025-12-16 14:10", CHILD, "wu", life="kept"),
    Small("2026-01-06 09:25", WIFE, "wu", life="kept"),
    Small("2026-01-20 11:40", CHILD, "wu", until="weeks_8"),
    Small("2026-02-10 15:05", CHILD, "xu"),
    Small("2026-02-26 10:50", WIFE, "wu"),
    Small("2026-03-05 13:30", FAMILY, "zhu"),
    Small("2026-03-18 09:10", CHILD, "wu"),
    Small("2026-04-01 15:20", FAMILY, "zhu", until="report"),
    Small("2026-04-07 10:15", CHILD, "wu", until="visit"),
    Small("2026-04-15 14:55", WIFE, "xu", until="visit"),
    Small("2026-04-21 09:40", FAMILY, "", until="take"),
)  # fmt: skip
