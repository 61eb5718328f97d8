"""Every page as every role: no secret without a trace, no page that breaks, few statements, whole languages."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import psycopg
import pytest

from anwang.demo import canaries
from tests.architecture import test_translations as translations
from tests.pages.everywhere import closed_doors, places
from tests.pages.everywhere.crawl import Answer, Walker

ROLES = ("", "du", "fang", "you", "luo", "jiang", "jian", "ye", "lin", "shi", "shen", "lai", "sun", "ou", "you2",
         "zhong", "yu", "he", "xu", "gao", "xu2", "wu2", "wu3", "yan", "pu", "xie", "cheng")  # fmt: skip
"""One account of each role, and of each unit that stands differently to the stories; "" is nobody."""
ENGLISH = ("luo", "fang", "jian", "ye", "zhong", "you2", "xu", "xie")
MOST = 8
"""Statements of one page, without session, account, viewer and savepoints (docs/adr/0137)."""
ASKS_FOR_PROOF = {"accounts:app", "cases:police_list"}
"""Refused until whoever asks has proved once more who he is; the refusal leads there."""
SEARCHES = ("小宇", "林佳安", canaries.NEIGHBOUR_NAME, canaries.NEIGHBOUR_PHONE, "隱浪路9917", canaries.AUNTS_FLAT,
            "張雅文", *canaries.HERS, "隱礁路9941", closed_doors.REAL_NAME, closed_doors.CODE_NAME)  # fmt: skip
DOORS = {
    "people:open_safety": {}, "people:open_name": {}, "intake:reporter": {}, "intake:original": {},
    "duty_desk:caller": {}, "papers:visit": {"form": "odt"},
    "papers:print": {"form": "odt"}, "protection:open_places": {}, "protection:told_places": {},
}  # fmt: skip
_LINK_TO_PERSON = re.compile(r'href="/people/[0-9a-f]{8}-')
Row = places.Row


def test_has_an_example_for_every_address() -> None:
    keys = {places.key_of(app, pattern) for app, pattern in places.patterns() if pattern.pattern.regex.groups}
    assert keys <= set(places.EXAMPLES)


@pytest.mark.parametrize("who", ROLES, ids=lambda who: who or "nobody")
def test_walks_the_whole_county_in_chinese(who: str, eyes: psycopg.Connection[Row], subtests: pytest.Subtests) -> None:
    walker, secret = Walker(who, eyes), closed_doors.words(eyes, who)
    addresses = places.addresses(eyes)
    read = list(walker.everywhere(addresses))
    searched = [walker.ask(page, path, "POST", {key: text})
                for text in SEARCHES for page, path, key in (("people:search", "/people/search", "q"),
                                                             ("duty_desk:find", "/duty/find", "text"))]  # fmt: skip
    doors = [walker.ask(page, path, "POST", DOORS[page]) for page in DOORS for path in addresses[page]]
    with subtests.test("shows nothing secret"):
        _none([f"{one}: {word}" for one in read for word in _found(one, secret)])
    with subtests.test("finds nothing by what is secret, and shows only what was typed"):
        asked = zip(searched, [text for text in SEARCHES for _ in range(2)], strict=True)
        _none([f"{one}, {text}: {word}" for one, text in asked for word in _found(one, secret) if word not in text])
        _none([f"{one}: finds" for one in searched[:-2] if _LINK_TO_PERSON.search(one.text) and _found(one, secret)])
    with subtests.test("opens each door with one trace"):
        _none([f"{one}: {one.readings} traces" for one in doors if _found(one, secret) and one.readings != 1])
        _none([str(one) for one in doors if _found(one, secret) and one.page.startswith("papers:")])
    with subtests.test("never breaks"):
        _none([f"{one} {one.log}" for one in read + searched + doors if one.status >= 500])
    with subtests.test("refuses with a sentence"):
        refused = [one for one in read + doors if one.status in (403, 404)]
        _none([str(one) for one in refused if not re.search(r"<h1[^>]*>.*?。.*?</h1>", one.text, re.S)])
    with subtests.test("offers no link that it refuses"):
        shut = {one.path: one.status for one in read if one.status in (403, 404) and one.page not in ASKS_FOR_PROOF}
        _none([f"{shut[link]} {link} offered on {page}" for link, page in walker.offered.items() if link in shut])
    with subtests.test("asks the database little"):
        _none([f"{one}: {len(one.statements)}" for one in read if len(one.statements) > MOST])


@pytest.mark.parametrize("who", ENGLISH)
def test_walks_the_county_in_english(who: str, eyes: psycopg.Connection[Row], subtests: pytest.Subtests) -> None:
    once = {page: paths[:1] for page, paths in places.addresses(eyes).items()}
    secret, known = closed_doors.words(eyes, who), set(translations._english())
    read = [one for one in Walker(who, eyes, "en").everywhere(once, links=False) if "<html" in one.text]
    with subtests.test("says its language"):
        _none([str(one) for one in read if '<html lang="en"' not in one.text])
    with subtests.test("leaves no sentence of ours in Chinese"):
        left = [(one, words) for one in read for words in _chinese(one.text) if words in known]
        _none([f"{one}: {words}" for one, words in left])
    with subtests.test("shows nothing secret"):
        _none([f"{one}: {word}" for one in read for word in _found(one, secret)])


@pytest.mark.parametrize("who", ["yu", "zhu", "lai"])
def test_answers_a_stranger_as_if_nothing_were_there(who: str, eyes: psycopg.Connection[Row]) -> None:
    walker, real, none = Walker(who, eyes), places.addresses(eyes), places.addresses(eyes, invented=True)
    told = []
    for page, paths in real.items():
        for path, other in zip(paths, none[page], strict=True):
            one = walker.ask(page, path)
            if one.status in (403, 404) and path != other and not _alike(one, walker.ask(page, other)):
                told.append(str(one))
    _none(told)


def _none(faults: list[str]) -> None:
    assert not faults, "\n".join(faults)


def _found(answer: Answer, secret: dict[str, str]) -> list[str]:
    return [word for word in secret if word in answer.all_of_it]


def _alike(one: Answer, other: Answer) -> bool:
    def shape(answer: Answer) -> str:
        return re.sub(r"\b\w{64}\b|\d\d:\d\d", "", answer.text.replace(answer.path, ""))  # tokens, and the clock

    return one.status == other.status and shape(one) == shape(other)


class _Texts(HTMLParser):
    """Texts of a page outside whatever says that it is Chinese."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        chinese = dict(attrs).get("lang", "").startswith("zh") or bool(self.open and self.open[-1][1])
        if tag not in {"meta", "link", "input", "br", "img", "hr", "wbr", "path", "line", "circle", "rect", "use"}:
            self.open.append((tag, chinese))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if re.search(r"[\u4e00-\u9fff]", data) and not (self.open and self.open[-1][1]):
            self.texts.append(" ".join(data.split()))


def _chinese(page: str) -> list[str]:
    parser = _Texts()
    parser.feed(page)
    return parser.texts
