"""Invented families: names recombined, days of birth, telephones and doors that are nowhere; some badly written."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from anwang.foundation.national_id import make_test_id

from .nation import Nation, Place

WOMEN = (
    "雅淑佩美怡婉秋慧玉春沛湘筱芳詠紋麗彩素映惠珊玲如真"
    "月君枝梅潔雲薇瑜絮綺卿霞琴彤嘉瑩思婷靜宜欣佳郁雯萱琪萍蓉秀鳳珠貞妤芸"
)
MEN = (
    "志文建俊國明榮信家耀茂添景奕維清柏正岳強賢銘"
    "宏棟哲吉土豪庭林財嵐帆倫泉川男勳偉傑德昌仁義華輝龍成瑋廷翰宗冠祥盛智聖凱彥修毅"
)
GIRLS = "禾柚晴可品妍樂恩芮語彤星映采潔亭滿朵若溪沐安予芯昀菲甯苡玥寧希羽桐澄"
BOYS = "杉宥承安海柏睿豆梓又樹岳宸知啟禾川奕恩宇辰寬佑霆昱睦品丞亦遠明豐軒碩"
ROADS = (
    "無潮路",
    "霧燈街",
    "防風林路",
    "候鳥路",
    "舊渡口街",
    "星砂路",
    "竹影路",
    "蘆花巷",
    "石滬街",
    "遠山路",
    "雲腳路",
)
"""Roads that are nowhere."""
RARE = ("𤧞", "堃", "喆", "\U000fffa8", "𡶛", "瓈", "鵁")
"""Letters that break careless programs; one has no code point of its own and is private use."""
OLD_NAMES = {"新北市": "臺北縣", "桃園市": "桃園縣", "臺中市": "台中縣", "臺南市": "台南縣", "高雄市": "高雄縣"}
LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"


class Household:
    """Whoever lives together in one copy; the same family number gives the same people and the same door."""

    def __init__(self, nation: Nation, family: int, seed: int) -> None:
        self.random = random = Random(f"{seed} {family}")  # noqa: S311  invented people, no secret
        self.surnames = random.choices(nation.surname_names, cum_weights=nation.surname_weights, k=4)
        self.is_bad = random.random() < nation.rates["bad_records"]
        self.road, self.house = random.choice(ROADS), 9001 + random.randrange(990)

    def name(self, which: int, sex: str, is_child: bool) -> str:
        """A name with the family's surname number `which`."""
        random = self.random
        letters = (GIRLS if sex == "female" else BOYS) if is_child else WOMEN if sex == "female" else MEN
        given = random.choice(letters) + random.choice(letters)
        if self.is_bad and random.random() < 0.25:
            given = given[0] + random.choice(RARE)
        return self.surnames[which % 4] + given

    def born(self, told: date, shift: int) -> date:
        """Some months before or after the day told in the story, and as many days on as the copy is."""
        return told + timedelta(days=shift)

    def number(self, sex: str) -> str:
        """A number of the test range: there are fewer than people, so some are shared."""
        random = self.random
        digit = ("1" if sex == "male" else "2") if random.random() < 0.97 else ("8" if sex == "male" else "9")
        return make_test_id(random.choice(LETTERS), digit, random.randrange(1000))

    def phone(self) -> str:
        return f"09{self.random.randrange(100):02}-000-{self.random.randrange(1000):03}"

    def place(self, place: Place, town: str) -> str:
        """Where it happened, as somebody wrote it."""
        if not self.is_bad:
            return place.name + town
        return (place.name.replace("臺", "台") if place.name[0] == "臺" else OLD_NAMES.get(place.name, place.name)) + (
            town
            if self.random.random() < 0.7
            else town[:-1] + {"區": "嶇", "鎮": "鄉", "鄉": "鎮", "市": "巿"}[town[-1]]
        )

    def address(self, where: str, door: int) -> str:
        return f"{where}{self.road}{self.house + door}號"
