"""Prints who may see what as a page a lawyer can read, from the tables the program itself uses.

`python -m anwang.access.seeing` writes docs/seeing.md and docs/seeing.zh-Hant.md; a test fails until that was done.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.utils import translation

DOCS = Path(__file__).resolve().parents[2] / "docs"
ZONES_EN = {
    "work": "that the matter exists, who answers, what is next", "case": "the content of the case",
    "special": "special categories: health, violence, what 個資法§6 names",
    "safety": "where somebody hides, safe contact",
    "reporter": "who reported",
}  # fmt: skip
SAID = {
    "zh-hant": {
        "title": "誰可以看什麼",
        "made": "這份文件由程式印出，請勿手改；規則改了，測試會擋到重印為止。",
        "rule": [
            "看得到＝**角色**允許這件事 ∧ 和這個**案件有關係** ∧ 為了那個關係的**目的** ∧ 內容在那個關係開放的**區**。",
            "四項都成立才看得到；少一項就當作沒有這筆資料，不說「你沒有權限看某某」。",
            "限閱案件：關係還在，也只有被指定的人看得到。",
            "本人與申報的親屬：本人的案件、申報親屬的案件，任何關係都看不到。",
            "系統管理與個資保護窗口沒有任何個案的關係；主管只看得到件數、期限和誰負責。",
        ],
        "roles": "角色可以做的事",
        "relations": "和案件的關係，以及看得到的區",
        "zones": "區",
        "cols": ("關係", "誰", "到何時為止"),
        "holders": {"worker": "同仁本人", "desk": "當班人員", "unit": "單位同仁", "supervising": "督導",
                    "chief": "主管", "officer": "業務承辦", "screener": "篩派案人員",
                    "screening_supervisor": "篩派案督導"},
        "role": "角色",
        "yes": "●",
    },
    "en": {
        "title": "Who may see what",
        "made": "Printed by the program; do not edit. When a rule changes, a test fails until this is printed anew.",
        "rule": [
            (
                "Somebody sees something when his **role** permits the act ∧ he has a **relation** to the case ∧ for"
                " the **purpose** of that relation ∧ the content lies in a **zone** which that relation opens."
            ),
            "All four must hold. Where one is missing the record is not there; no page says what it withholds.",
            "A restricted file (限閱) is seen by its named readers only, whatever relation others have.",
            "Nobody sees his own record, nor that of a relative he declared, whatever his relation.",
            "Administrators and privacy officers have no relation to any case; chiefs see figures and who answers.",
        ],
        "roles": "What a role may do",
        "relations": "Relations to a case, and the zones they open",
        "zones": "Zones",
        "cols": ("relation", "who", "until"),
        "holders": {"worker": "the worker", "desk": "on shift", "unit": "at the unit", "supervising": "supervisors",
                    "chief": "the chief", "officer": "officers", "screener": "screeners",
                    "screening_supervisor": "screening supervisors"},
        "role": "role",
        "yes": "●",
    },
}  # fmt: skip


def page(language: str) -> str:
    """The whole page in one language, as Markdown."""
    from anwang.directory.states import Role

    from .relations import RELATIONS
    from .roles import ROLES, Permission
    from .states import Zone

    said, english = SAID[language], language == "en"
    with translation.override(language):
        zones = [(zone.value, str(zone.label)) for zone in Zone]
        lines = [f"# {said['title']}", "", str(said["made"]), ""]
        lines += [f"{n}. {one}" for n, one in enumerate(said["rule"], 1)]
        lines += ["", f"## {said['zones']}", ""]
        lines += [f"- **{name}** (`{code}`): {ZONES_EN[code]}" if english else f"- **{name}**（`{code}`）"
                  for code, name in zones]  # fmt: skip
        lines += ["", f"## {said['relations']}", ""]
        lines += _table((said["cols"][0], said["cols"][1], *(name for _code, name in zones), said["cols"][2]), (
            (one.en if english else one.zh, said["holders"][one.holder],
             *(said["yes"] if code in one.most else "" for code, _name in zones),
             one.until_en if english else one.until_zh)
            for one in RELATIONS
        ))  # fmt: skip
        lines += ["", f"## {said['roles']}", ""]
        lines += _table((said["role"], *(f"`{one.value}`" for one in Permission)), (
            (str(Role(role).label), *(said["yes"] if one in ROLES[role] else "" for one in Permission))
            for role in ROLES
        ))  # fmt: skip
    return "\n".join(lines) + "\n"


def _table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> list[str]:
    heads = [str(one) for one in head]
    body = ["| " + " | ".join(str(one) for one in row) + " |" for row in rows]
    return ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads), *body]


def written() -> dict[Path, str]:
    """Each file with what belongs in it."""
    return {DOCS / "seeing.md": page("en"), DOCS / "seeing.zh-Hant.md": page("zh-hant")}


if __name__ == "__main__":
    import django

    django.setup()
    for path, text in written().items():
        path.write_text(text, encoding="utf-8")
