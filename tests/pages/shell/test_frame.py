"""The menu by role, words for time, both languages complete, the script unchanged."""

import hashlib
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.template import Context, Template
from django.urls import NoReverseMatch
from django.utils import translation

from anwang.directory.states import Role
from anwang.foundation import roc
from anwang.web.shell import forms, navigation, words
from anwang.web.shell.demo_cards import DOES
from anwang.web.shell.forms.times import SAID_BELOW

SHELL = Path(navigation.__file__).parent
NOW = datetime.fromisoformat("2026-11-24T09:40+08:00")


@pytest.fixture
def every_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "reverse", lambda name: f"/{name.partition(':')[0]}/")


MENUS = [
    (Role.SCREENER, ["今日", "值班", "受理", "家庭", "會議", "名冊", "公文", "查調", "規則"]),
    (
        Role.SCREENING_SUPERVISOR,
        ["今日", "值班", "受理", "家庭", "會議", "單位", "名冊", "公文", "統計", "介接", "限閱", "查調", "規則"],
    ),
    (Role.SOCIAL_WORKER, ["今日", "值班", "受理", "家庭", "轉介", "保護令", "會議", "心衛", "公文", "查調", "規則"]),
    (Role.NGO_WORKER, ["今日", "家庭", "轉介", "保護令", "會議", "規則"]),
    (Role.OFFICER, ["今日", "統計", "查調", "政策會議", "提報經費", "提問精進", "規則"]),
    (Role.NETWORK_GUEST, ["會議", "規則"]),
    (Role.CLERK, ["今日", "受理", "名冊", "公文", "當事人請求", "規則"]),
    (Role.ADMINISTRATOR, ["人員", "帳號", "介接", "紀錄簿", "規則"]),
    (Role.PRIVACY_OFFICER, ["帳號清查", "當事人請求", "查調", "查閱稽核", "規則"]),
]


@pytest.mark.parametrize(("role", "shown"), MENUS)
def test_shows_a_role_its_desks(every_desk: None, role: str, shown: list[str]) -> None:
    assert [str(entry.name) for entry in navigation.entries(frozenset({role}), "/")] == shown


def test_marks_the_desk_that_the_page_belongs_to(every_desk: None) -> None:
    entries = navigation.entries(frozenset({Role.SCREENER}), "/intake/reports/1")
    assert [str(entry.name) for entry in entries if entry.is_here] == ["受理"]


def test_leaves_out_a_desk_without_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(name: str) -> str:
        raise NoReverseMatch(name)

    navigation._address.cache_clear()
    monkeypatch.setattr(navigation, "reverse", nothing)
    assert navigation.entries(frozenset(Role.values), "/") == []
    navigation._address.cache_clear()


def test_has_a_sentence_for_every_role() -> None:
    assert set(DOES) == set(Role.values)


@pytest.mark.parametrize(
    ("minutes", "shown", "state", "english"),
    [
        (140, "還有2小時20分", "due", "2 h 20 min left"),
        (60, "還有1小時", "due", "1 hour left"),
        (5, "還有5分", "due", "5 minutes left"),
        (0, "逾期1分", "late", "Overdue 1 minute"),
        (-16 * 60, "逾期16小時", "late", "Overdue 16 hours"),
        (-3 * 24 * 60, "逾期3天", "late", "Overdue 3 days"),
        (3 * 24 * 60, "還有3天", "open", "3 days left"),
        (25 * 60, "還有1天", "open", "1 day left"),
    ],
)
def test_says_how_much_time_is_left(minutes: int, shown: str, state: str, english: str) -> None:
    due = NOW + timedelta(minutes=minutes)
    assert words.left(due, NOW) == (shown, state)
    with translation.override("en"):
        assert words.left(due, NOW) == (english, state)


def test_keeps_dates_and_numbers_with_their_unit_together_and_escapes() -> None:
    assert words.keep("11月26日（四）有4件<b>") == (
        '<span class="n">11月26日（四）</span>有<span class="n">4件</span>&lt;b&gt;'
    )
    assert words.clauses("今天有4件，別急。") == ('<span>今天有<span class="n">4件</span>，</span><span>別急。</span>')


def test_writes_dates_in_templates_as_people_do(at: object) -> None:
    at("2026-11-24T09:40+08:00")  # type: ignore[operator]
    template = Template("{% load anwang %}{{ iso|roc }} {{ partial|roc }} {{ end|deadline }} {{ none|roc }}")
    context = {
        "iso": "2026-11-26", "partial": roc.PartialDate(2019, 10),
        "end": datetime.fromisoformat("2026-11-25T00:00+08:00"), "none": None,
    }  # fmt: skip
    page = template.render(Context(context))
    assert '<time class="n" datetime="2026-11-26">11月26日（四）</time>' in page
    assert "108年10月" in page
    assert ">24:00</time>" in page


def test_has_english_for_every_sentence() -> None:
    with (SHELL / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = {entry.id[0] if isinstance(entry.id, tuple) else entry.id: entry for entry in read_po(file)}
    assert [entry.id for entry in catalogue.values() if entry.id and not all(_texts(entry.string))] == []
    said = re.compile(r"""translate ["']([^"']+)["']""")
    in_templates = {text for page in SHELL.rglob("*.html") for text in said.findall(page.read_text(encoding="utf-8"))}
    called = re.compile(r"""\b(?:_|gettext_lazy|gettext_noop)\("([^"]+)"\)""")
    in_code = {text for module in SHELL.rglob("*.py") for text in called.findall(module.read_text(encoding="utf-8"))}
    assert sorted((in_templates | in_code) - set(catalogue)) == []


def _texts(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)


def test_translates_what_the_foundation_says() -> None:
    assert set(SAID_BELOW) == {roc.DATE_WANTED, roc.NO_SUCH_DAY, roc.WHOLE_DATE_WANTED, roc.TIME_WANTED}


def test_ships_the_script_unchanged() -> None:
    vendor = SHELL / "static/shell/vendor"
    digest = hashlib.sha256((vendor / "htmx.min.js").read_bytes()).hexdigest()
    assert digest in (vendor / "README.md").read_text(encoding="utf-8")


def test_offers_the_codes_of_a_dated_list_in_the_readers_language() -> None:
    class Asked(forms.Form):
        how = forms.CodeField("visit.method", label="怎麼聯繫")

    first = next(iter(Asked().fields["how"].choices))
    assert first == ("", "請選一項")
    assert len(list(Asked().fields["how"].choices)) > 2
    assert Asked({"how": "no such code"}).errors["how"] == ["清單裡沒有這個選項，請重選。"]
