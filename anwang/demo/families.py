"""The small families of the background: when each was reported, who got it, and how a life goes from there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Small:
    """One report and what became of it. `until` is the last step taken (see `LIVES`); empty is all.

    Whoever had to report is answered, unless `owes_reply`: then the screener still has to.
    """

    at: str
    kind: str
    worker: str
    until: str = ""
    life: str = "served"
    ground: str = ""
    owes_reply: bool = False


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
    Small("2026-04-16 14:30", WIFE, "lin", until="visit", owes_reply=True),
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
    Small("2026-03-18 09:10", CHILD, "xu"),
    Small("2026-04-01 15:20", FAMILY, "zhu", until="report"),
    Small("2026-04-07 10:15", CHILD, "kang", until="visit"),
    Small("2026-04-15 14:55", WIFE, "xu", until="visit"),
    Small("2026-04-21 09:40", FAMILY, "", until="take"),
)  # fmt: skip
QUIET = tuple(
    Small(at, (WIFE, OLD)[number % 2], "wu", life="quiet")
    for number, at in enumerate(
        f"{day} {9 + number % 7:02}:{5 + number * 7 % 50:02}"
        for number, day in enumerate(
            (
                "2025-08-05", "2025-08-14", "2025-08-27", "2025-09-04", "2025-09-11", "2025-09-18", "2025-09-25",
                "2025-10-07", "2025-10-15", "2025-10-22", "2025-10-30", "2025-11-05", "2025-11-13", "2025-11-26",
                "2025-12-03", "2025-12-10", "2025-12-18", "2025-12-24", "2025-12-30", "2026-01-07", "2026-01-13",
                "2026-01-16", "2026-01-22", "2026-01-27", "2026-02-03",
            )
        )
    )
)  # fmt: skip
"""What else 吳承恩 carried when he said that he leaves: opened, calm, with a date for the next visit."""
LIVES: dict[str, tuple[tuple[str, float], ...]] = {
    "served": (
        ("take", 0), ("decide", 0.02), ("give", 0.035), ("sign", 0.9), ("visit", 2), ("late", 14), ("report", 15),
        ("answer", 17), ("open", 18), ("opened", 20), ("settle", 21), ("weeks_5", 35),
        ("weeks_8", 56), ("plan", 70), ("weeks_12", 84), ("close", 119), ("closed", 122),
    ),
    "commissioned": (
        ("take", 0), ("decide", 0.02), ("give", 0.035), ("sign", 0.9), ("visit", 2), ("report", 15), ("answer", 17),
        ("open", 18), ("opened", 20), ("commission", 24), ("weeks_5", 36), ("weeks_8", 58), ("weeks_12", 84),
    ),
    "handed": (
        ("take", 0), ("decide", 0.02), ("give", 0.035), ("sign", 0.9), ("visit", 2), ("report", 15), ("answer", 17),
        ("open", 18), ("opened", 20), ("hand", 21),
    ),
    "kept": (
        ("take", 0), ("decide", 0.02), ("give", 0.035), ("sign", 0.9), ("visit", 2), ("report", 15), ("answer", 17),
        ("open", 18), ("opened", 20), ("settle", 21), ("weeks_5", 35), ("weeks_9", 63), ("plan", 80), ("weeks_13", 91),
        ("weeks_17", 119), ("weeks_21", 147),
    ),
    "quiet": (
        ("take", 0), ("decide", 0.02), ("give", 0.035), ("sign", 0.9), ("visit", 2), ("report", 15), ("answer", 17),
        ("open", 18), ("opened", 20), ("quarter", 38),
    ),
    "not_opened": (("take", 0), ("decide", 0.1), ("refuse", 0.2), ("agree", 2)),
}  # fmt: skip
"""Steps of a life and after how many days each comes; a step that falls on a weekend waits for Monday."""
WORKS = {
    "jian": ("wc-child", "ye"), "wen": ("wc-child", "ye"), "lin": ("wc-adult", "shi"), "shen": ("wc-heja", "fu"),
    "bai": ("wc-luzhou", "rong"), "lai": ("wc-mind", "tang"), "you": ("wc-intake", "fang"), "cao": ("wc-intake",
                                                                                                    "fang"),
    "sun": ("tide", "shi"), "wu": ("ql-protection", "gao"), "xu": ("ql-protection", "gao"),
    "kang": ("ql-protection", "gao"), "zhu": ("ql-welfare", "tian"),
}  # fmt: skip
TALES = {
    "child_protection": (
        "孩子腿上有條狀瘀痕，說是沒寫完作業。",
        "晚上常一個人在家，鄰居聽到哭。",
        "老師發現手臂有舊傷。",
    ),
    "intimate_violence": ("先生酒後推打，手腕瘀青。", "分手後男友到公司門口威脅。", "先生摔東西，不讓她出門。"),
    "elder": ("獨居阿公三天沒開門，屋內雜亂。",),
    "disability": ("身障者疑似遭家人不給飯吃。",),
    "vulnerable_family": (
        "單親媽媽失業，房租欠三個月。",
        "阿公照顧孫子，孩子常缺課。",
        "一家五口擠在工寮，弟弟發展慢。",
    ),
    "suicide": ("服藥後自行就醫，留觀。", "與家人爭吵後割腕，傷口縫合。"),
}
SAID = ("談過近況，計畫照原定進行。", "家裡比上次平靜。", "願意配合，約好下次時間。", "工作有著落，孩子正常上學。")
