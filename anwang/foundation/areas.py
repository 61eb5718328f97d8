"""Administrative codes of the household registers: county (5 digits), township (8), village (11).

Counties 99001-99003 are invented, for demonstrations. Villages merge and split and townships are renamed:
a code says where something was then, so keep the date with it.
"""

import re
from dataclasses import dataclass
from typing import Literal

_POSTCODE = (
    r"[\s〒(（\[［【]*(?:郵遞區號[:：]?)?\s*\d{3}(?:[-－]?\d{2,3})?[\s)）\]］】,，、]*"
    r"(?=[\u4e00-\u9fff])(?![號之巷弄鄰樓段街路村里])"  # 906號 is a house, 100巷 a lane
)
_BEFORE_COUNTY = re.compile(rf"^(?:{_POSTCODE}|中華民國|[臺台]灣省?(?=[^省]{{1,3}}[縣市])|福建省)+")

Level = Literal["county", "township", "village"]


@dataclass(frozen=True, slots=True)
class County:
    """A county or city: register code, names, ISO 3166-2, ID letter, TWSS code."""

    code: str
    name: str
    name_en: str
    iso: str | None = None
    letter: str | None = None
    twss: str | None = None

    @property
    def is_invented(self) -> bool:
        return self.code.startswith("99")


# 內政部戶役政行政區代碼; ISO 3166-2:TW. TWSS (draft) still lists 桃園市 under its code of before 2014.
COUNTIES = (
    County("09007", "連江縣", "Lienchiang County", "TW-LIE", "Z", "0900700000"),
    County("09020", "金門縣", "Kinmen County", "TW-KIN", "W", "0902000000"),
    County("10002", "宜蘭縣", "Yilan County", "TW-ILA", "G", "1000200000"),
    County("10004", "新竹縣", "Hsinchu County", "TW-HSQ", "J", "1000400000"),
    County("10005", "苗栗縣", "Miaoli County", "TW-MIA", "K", "1000500000"),
    County("10007", "彰化縣", "Changhua County", "TW-CHA", "N", "1000700000"),
    County("10008", "南投縣", "Nantou County", "TW-NAN", "M", "1000800000"),
    County("10009", "雲林縣", "Yunlin County", "TW-YUN", "P", "1000900000"),
    County("10010", "嘉義縣", "Chiayi County", "TW-CYQ", "Q", "1001000000"),
    County("10013", "屏東縣", "Pingtung County", "TW-PIF", "T", "1001300000"),
    County("10014", "臺東縣", "Taitung County", "TW-TTT", "V", "1001400000"),
    County("10015", "花蓮縣", "Hualien County", "TW-HUA", "U", "1001500000"),
    County("10016", "澎湖縣", "Penghu County", "TW-PEN", "X", "1001600000"),
    County("10017", "基隆市", "Keelung City", "TW-KEE", "C", "1001700000"),
    County("10018", "新竹市", "Hsinchu City", "TW-HSZ", "O", "1001800000"),
    County("10020", "嘉義市", "Chiayi City", "TW-CYI", "I", "1002000000"),
    County("63000", "臺北市", "Taipei City", "TW-TPE", "A", "6300000000"),
    County("64000", "高雄市", "Kaohsiung City", "TW-KHH", "E", "6400000000"),
    County("65000", "新北市", "New Taipei City", "TW-NWT", "F", "6500000000"),
    County("66000", "臺中市", "Taichung City", "TW-TXG", "B", "6600000000"),
    County("67000", "臺南市", "Tainan City", "TW-TNN", "D", "6700000000"),
    County("68000", "桃園市", "Taoyuan City", "TW-TAO", "H", "1000300000"),
)
INVENTED = (
    County("99001", "望潮縣", "Wangchao County"),
    County("99002", "青嵐縣", "Qinglan County"),
    County("99003", "珊瑚縣", "Shanhu County"),
)
_RENAMED = {"臺北縣": "65000", "桃園縣": "68000", "臺中縣": "66000", "臺南縣": "67000", "高雄縣": "64000"}

_CODE = re.compile(r"(?:(?:09|10|63|64|65|66|67|68)0\d{2}|9900[123])(?:\d{3}){0,2}", re.ASCII)
_BY_CODE = {one.code: one for one in (*COUNTIES, *INVENTED)}
_BY_NAME = {one.name: one for one in _BY_CODE.values()}
_BY_NAME |= {old: _BY_CODE[code] for old, code in _RENAMED.items()}
_BY_TWSS = {one.twss: one for one in COUNTIES}


def level(code: str) -> Level | None:
    """Which level the code has the shape of, within a county that exists; None otherwise."""
    if county_of(code) is None:
        return None
    levels: dict[int, Level] = {5: "county", 8: "township", 11: "village"}
    return levels[len(code)]


def county_of(code: str) -> County | None:
    """The county of a county, township or village code."""
    return _BY_CODE.get(code[:5]) if _CODE.fullmatch(code) else None


def from_twss(code: str) -> County | None:
    """The county of a ten-digit TWSS code; 1000300000 and 6800000000 are both 桃園市."""
    if not re.fullmatch(r"\d{10}", code, re.ASCII):
        return None
    return _BY_TWSS.get(code) or (_BY_CODE.get(code[:5]) if code.endswith("00000") else None)


def by_name(text: str) -> County | None:
    """The county of that name, with 台 or 臺, also by its name of before 2010 or 2014."""
    return _BY_NAME.get(place_key(text))


def place_key(text: str) -> str:
    """A place's name to compare by: 台 → 臺, no spaces. For places only, never for people; never stored."""
    return re.sub(r"\s+", "", text).replace("台", "臺")


def from_county_on(text: str) -> str:
    """An address without what is written before its county: postal code (3 to 6 digits), country and province.

    A number that belongs to the address itself (100巷5號) stays.
    """
    return _BEFORE_COUNTY.sub("", text, count=1)
