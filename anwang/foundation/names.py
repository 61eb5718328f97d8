"""Search keys for the names of people. The key finds; the name as given is what is kept and shown.

Folding goes character by character through `data/name_fold.tsv` and never through Unicode normalisation
of Chinese, so private-use and rare characters come out as they went in. 鍾 and 鐘, 凃 and 涂 fold together
although they are different surnames: a key brings candidates, it never makes two people one.
"""

import re
import unicodedata
from functools import cache
from importlib import resources

# Two-character surnames in use here; the last four are double surnames that families keep as one.
LONG_SURNAMES = frozenset(
    "歐陽 司馬 司徒 司空 諸葛 上官 皇甫 端木 公孫 尉遲 長孫 慕容 宇文 令狐 夏侯 東方 南宮 西門 "  # noqa: SIM905
    "獨孤 呼延 申屠 鍾離 軒轅 太史 澹臺 澹台 淳于 單于 公羊 聞人 鮮于 万俟 赫連 張簡 張廖 范姜 江謝".split()
)
# Surnames different in law that a key or an eye takes for one another (own list, CC0).
_DISTINCT = ("凃塗涂", "温溫", "鍾鐘", "黃黄", "范範", "于於", "余佘", "游遊", "嚴閰")

# Spaces, middle dots, apostrophes, hyphens, commas; then invisible: joiners, marks, variation selectors.
_DROPPED = re.compile(
    r"[\s.·‧・•．･˙∙⋅᛫'’‘ʼ`´\-‐-―－_,，、"
    "\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]+"
)
_HAN = re.compile(
    "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ue000-\uf8ff"
    "\U00020000-\U0003ffff\U000f0000-\U000ffffd\U00100000-\U0010fffd〇]+"
)


def search_key(name: str) -> str:
    """The name folded, in lower case, half width, without spaces, dots, hyphens and apostrophes."""
    return _DROPPED.sub("", "".join(map(_fold, name)).lower())


def bigrams(key: str) -> tuple[str, ...]:
    """The neighbouring pairs of a key, each once, in order; a key of one character is its own pair."""
    if len(key) < 2:
        return (key,) if key else ()
    return tuple(dict.fromkeys(key[at : at + 2] for at in range(len(key) - 1)))


def surname_guess(name: str) -> str | None:
    """The likely surname of a Chinese name, as written; None for one character, other scripts, a dot.

    A guess for sorting and for salutations: long indigenous names in characters have no surname.
    """
    plain = re.sub(r"\s+", "", name)
    if not _HAN.fullmatch(plain) or len(plain) < 2:
        return None
    if len(plain) > 2 and "".join(map(_fold, plain[:2])) in _folded_long_surnames():
        return plain[:2]
    return plain[0] if len(plain) <= 4 else None


def surnames_differ(one: str, other: str) -> bool:
    """Whether two names that may share a key have surnames that are different in law, such as 鍾 and 鐘."""
    first, second = surname_guess(one), surname_guess(other)
    if not first or not second or first == second:
        return False
    known = any(first in group and second in group for group in _DISTINCT)
    return known or search_key(first) != search_key(second)


def _fold(char: str) -> str:
    if folded := _table().get(char):
        return folded
    if "！" <= char <= "～":
        return chr(ord(char) - 0xFEE0)
    if char < "\u0250" or "\u1e00" <= char <= "\u1eff" or unicodedata.combining(char):
        # Latin letters without their accents, so that a romanised name is found without them.
        return "".join(part for part in unicodedata.normalize("NFD", char) if not unicodedata.combining(part))
    return char


@cache
def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    text = resources.files("anwang.foundation").joinpath("data/name_fold.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            fold, points, _ = line.split("\t")
            table |= {chr(int(point, 16)): fold for point in points.split()}
    return table


@cache
def _folded_long_surnames() -> frozenset[str]:
    return frozenset("".join(map(_fold, surname)) for surname in LONG_SURNAMES)
