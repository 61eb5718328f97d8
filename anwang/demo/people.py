"""People of the background: names recombined from a small list, numbers of the test range, doors that are nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random

from anwang.foundation.national_id import make_test_id
from anwang.foundation.roc import PartialDate
from anwang.intake.incoming import PersonIn


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SURNAMES = "邵鄒龔巫涂莫柯駱紀童蒲戴申屈滕佘甘柏項饒茅冉卞麥官刁邢閻尹牛"
WOMEN = _words("雅雯 淑惠 佩珊 美玲 怡如 婉真 秋月 慧君 玉枝 春梅 沛潔 湘雲 筱薇 芳瑜 詠絮 紋綺 麗卿 彩霞 素琴 映彤")
MEN = _words("志強 文賢 建銘 俊宏 國棟 明哲 榮吉 阿土 信介 家豪 耀庭 茂林 添財 景嵐 奕帆 維倫 清泉 柏川 正男 岳勳")
GIRLS = _words("小禾 小柚 以晴 可可 品妍 樂樂 沐恩 芮芮 語彤 星野 映月 采潔 亭妤 小滿 朵朵 若溪")
BOYS = _words("小杉 宥宥 承安 小海 柏睿 豆豆 梓軒 又寧 樹人 小岳 宸宸 知遠 啟明 禾豐 小川 奕辰")
TOWNS = {
    "99001": (("99001010", "望潮縣河岬鎮"), ("99001030", "望潮縣鷺洲鄉"), ("99001040", "望潮縣東汀鄉")),
    "99002": (("99002010", "青嵐縣嵐溪鎮"), ("99002020", "青嵐縣北嶺鄉")),
}
ROADS = ("無潮路", "霧燈街", "防風林路", "候鳥路", "舊渡口街", "星砂路", "竹影路", "蘆花巷")


FIRST = 101
"""Numbers below are those of the stories' own people."""


def serials() -> Iterator[int]:
    """The numbers of one county's people, in the order in which they are invented."""
    return count(FIRST)


class Crowd:
    """Hands out people one after the other; the same random numbers give the same people.

    `serials` is one counter for all crowds of a county, so that no two people share a number.
    """

    def __init__(self, random: Random, serials: Iterator[int]) -> None:
        self.random = random
        self._serials = serials

    def surname(self) -> str:
        return self.random.choice(SURNAMES)

    def home(self, county: str) -> tuple[str, str, str]:
        """Area code, township, address."""
        code, town = self.random.choice(TOWNS[county])
        return code, town, f"{town}{self.random.choice(ROADS)}{9101 + self.random.randrange(800)}號"

    def adult(self, role: str, sex: str, surname: str, year: int, address: str = "") -> PersonIn:
        """Somebody born about a year, with a telephone."""
        given = self.random.choice(WOMEN if sex == "female" else MEN)
        born = PartialDate(year, self.random.randrange(1, 13), self.random.randrange(1, 29))
        return self._person(role, sex, surname + given, born, address, phone=True)

    def child(self, role: str, surname: str, age: int, address: str = "") -> PersonIn:
        sex = self.random.choice(("female", "male"))
        given = self.random.choice(GIRLS if sex == "female" else BOYS)
        born = PartialDate(2025 - age, self.random.randrange(1, 13), self.random.randrange(1, 29))
        return self._person(role, sex, surname + given, born, address, phone=False)

    def _person(self, role: str, sex: str, name: str, born: PartialDate, address: str, *, phone: bool) -> PersonIn:
        serial = next(self._serials)
        number = make_test_id("W", 2 if sex == "female" else 1, serial)
        return PersonIn(
            role=role, name=name, sex=sex, birth=born, identifiers=(("national_id", number),),
            addresses=(("living", address),) if address else (), phones=(f"0910-000-{serial:03}",) if phone else (),
        )  # fmt: skip
