"""The desk of other systems: who may look, what is shown once, what ends, in both languages and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page

from anwang.access.models import Account
from anwang.audit.models import Act
from anwang.systems.admission import admit
from anwang.systems.models import Sender, System, Token
from tests.browser import follow
from tests.proving import prove
from tests.world import World, build_world

NOW = "2026-05-20T09:00+08:00"
SYSTEM = {
    "name": "望潮醫院通報系統",
    "name_en": "Wangchao Hospital reporting",
    "code": "hospital",
    "agency": "望潮醫院",
    "reach": "county",
    "channels": ["api", "fhir"],
    "contact_unit": "資訊室",
    "contact_phone": "(08)000-2000",
}
TOKEN = {"scopes": ["reports:write", "reports:read"], "expires_on": "115/12/31"}


@pytest.fixture
def world(db: None, at: Callable[..., object]) -> World:
    at(NOW)
    return build_world()


def as_(key: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=key))
    return prove(client)


def text(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page)


@pytest.mark.parametrize(("key", "status"), [
    ("administrator", 200), ("chief", 200), ("screening_supervisor", 200), ("screener", 403), ("worker", 403),
    ("clerk", 403), ("supervisor", 403),
])  # fmt: skip
def test_opens_to_who_keeps_or_watches_the_interfaces(world: World, key: str, status: int) -> None:
    assert as_(key).get("/systems").status_code == status
    assert as_(key).get("/systems/new").status_code == (200 if key == "administrator" else 403)


def test_says_that_there_is_none_and_what_to_do(world: World) -> None:
    page = text(as_("administrator").get("/systems").content.decode())
    assert "還沒有系統和我們介接。" in page
    assert "登記後發憑證" in page


def test_registers_issues_once_and_revokes(world: World) -> None:
    client = as_("administrator")
    answer = client.post("/systems/new", SYSTEM)
    assert (answer.status_code, answer["Location"]) == (302, "/systems/of/hospital")
    shown = client.post("/systems/of/hospital/tokens", TOKEN)
    plain = re.search(r'value="(aw_[^"]+)"', shown.content.decode())[1]  # type: ignore[index]
    assert "no-store" in shown["Cache-Control"]
    assert admit(plain) is not None
    for path in ("/systems/of/hospital", "/systems"):
        assert plain not in client.get(path).content.decode()
    page = client.get("/systems/of/hospital").content.decode()
    assert plain[:11] in page
    assert "用到115年12月31日" in text(page)
    token = Token.objects.get()
    client.post(f"/systems/tokens/{token.id}/revoke", {"code": "hospital"})
    assert admit(plain).ended == "revoked"  # type: ignore[union-attr]
    client.post("/systems/of/hospital/retire")
    assert System.objects.get().retired_at is not None
    assert "已停用" in client.get("/systems").content.decode()
    assert list(Act.objects.filter(subject_id__isnull=False).values_list("verb", flat=True))[-4:] == [
        "system.registered", "token.issued", "token.revoked", "system.retired"
    ]  # fmt: skip


@pytest.mark.parametrize(("change", "words"), [
    ({"scopes": []}, "請選一項：可以做什麼"), ({"expires_on": "115/5/1"}, "到期日要在今天以後"),
    ({"expires_on": "118/1/1"}, "效期太長"),
])  # fmt: skip
def test_says_at_the_field_what_is_wrong_with_a_token(world: World, change: dict[str, object], words: str) -> None:
    client = as_("administrator")
    client.post("/systems/new", SYSTEM)
    page = client.post("/systems/of/hospital/tokens", {**TOKEN, **change}).content.decode()
    assert words in text(page)
    assert not Token.objects.exists()


def test_says_at_the_code_that_it_is_taken(world: World) -> None:
    client = as_("administrator")
    client.post("/systems/new", SYSTEM)
    assert "這個代碼用過了" in client.post("/systems/new", SYSTEM).content.decode()
    assert "小寫英文字母開頭" in client.post("/systems/new", {**SYSTEM, "code": "9 x"}).content.decode()


def test_writes_down_for_whom_a_system_sends_lists_and_ends_it(world: World) -> None:
    admin, path = as_("administrator"), "/systems/of/hospital"
    admin.post("/systems/new", SYSTEM)
    assert "用別的機關名義送的名冊一律退回" in text(admin.get(path).content.decode())
    assert admin.post(f"{path}/senders", {"name": " 河岬　戶政事務所 "}).status_code == 302
    assert "河岬 戶政事務所" in text(admin.get(path).content.decode())
    again = text(admin.post(f"{path}/senders", {"name": "河岬戶政事務所"}).content.decode())
    assert "這個機關已經在代送清單上。" in again
    assert "請填" in text(admin.post(f"{path}/senders", {"name": ""}).content.decode())
    row = Sender.objects.get()
    for who in ("chief", "screening_supervisor", "worker"):
        assert as_(who).post(f"/systems/senders/{row.id}/end").status_code == 403
        assert as_(who).post(f"{path}/senders", {"name": "別的機關"}).status_code == 403
    assert admin.post(f"/systems/senders/{row.id}/end").status_code == 302
    assert "不能代河岬 戶政事務所送名冊" in text(admin.get(path).content.decode())
    assert Sender.objects.get().until_at is not None
    assert [act.verb for act in Act.objects.filter(verb__startswith="sender.").order_by("recorded_at", "id")] == [
        "sender.named", "sender.ended"
    ]  # fmt: skip


def test_lets_who_only_watches_change_nothing(world: World) -> None:
    as_("administrator").post("/systems/new", SYSTEM)
    client = as_("chief")
    page = client.get("/systems/of/hospital").content.decode()
    assert "<h2" in page
    assert 'action="/systems/' not in page
    assert client.post("/systems/of/hospital/tokens", TOKEN).status_code == 403
    assert client.post("/systems/of/hospital/retire").status_code == 403


def test_says_first_what_is_about_to_end(world: World, at: Callable[..., object]) -> None:
    client = as_("administrator")
    client.post("/systems/new", SYSTEM)
    client.post("/systems/of/hospital/tokens", TOKEN)
    assert "有1個系統和我們介接。" in text(client.get("/systems").content.decode())
    at("2026-12-10T09:00+08:00")
    assert "有1把憑證快到期" in text(as_("administrator").get("/systems").content.decode())


def test_describes_the_interface_to_anybody_in_both_languages(world: World) -> None:
    page = Client().get("/api/").content.decode()
    for words in (
        "收不下的時候",
        "/api/openapi.json",
        "curl -X POST http://testserver/api/v1/reports",
        "problem-conflict",
    ):
        assert words in page
    english = Client(headers={"Accept-Language": "en"}).get("/api/").content.decode()
    assert "When it cannot be taken" in english
    assert "Being handled" in english


def test_reads_in_english(world: World) -> None:
    Account.objects.filter(username="administrator").update(language="en")
    client = as_("administrator")
    client.post("/systems/new", SYSTEM)
    shown = client.post("/systems/of/hospital/tokens", {**TOKEN, "expires_on": "2026-12-31"}).content.decode()
    pages = {
        path: text(client.get(path).content.decode()) for path in ("/systems", "/systems/new", "/systems/of/hospital")
    }
    assert "Copy it now: it is shown on this page only." in text(shown)
    assert "1 system talks with us." in pages["/systems"]
    assert "Wangchao Hospital reporting" in pages["/systems"]
    assert "Small letters and digits, for example hospital-a." in pages["/systems/new"]
    assert "good through 31 December 2026" in pages["/systems/of/hospital"]
    for path, page in pages.items():
        left = set(re.findall("[\u4e00-\u9fff]+", page)) - {
            "望潮醫院",
            "資訊室",
            "安網",
            "繁體中文",
            "正體中文",
            "中文",
        }
        assert not {words for words in left if words not in text(client.get("/policy").content.decode())}, path


@pytest.fixture
def committed(live: str, at: Callable[..., object]) -> World:
    with transaction.atomic():
        return build_world()


@pytest.mark.parametrize("width", [1440, 390])
def test_is_clean_for_everybody_and_fits(
    page: Page, live: str, committed: World, log_in: Callable[[Page, str], None], axe: Callable[[Page], list[str]],
    width: int,
) -> None:  # fmt: skip
    page.set_viewport_size({"width": width, "height": 900})
    log_in(page, "administrator")
    page.goto(f"{live}/systems/new")
    assert axe(page) == []
    for name in ("name", "code", "agency", "contact_unit"):
        page.fill(f"[name={name}]", str(SYSTEM[name]))
    page.check("[name=reach][value=county]")
    page.check("[name=channels][value=api]")
    follow(page, lambda: page.click("form.form button.go"))
    page.check("[name=scopes][value='reports:write']")
    page.fill("[name=expires_on]", "2026-12-31")
    follow(page, lambda: page.click("#h-issue ~ form button.go"))
    follow(page, page.get_by_role("button", name="示範：就當是我，繼續").click)
    follow(page, page.get_by_role("button", name="繼續，送出剛才那一步").click)
    assert page.input_value("#token").startswith("aw_")
    for path in ("", "/systems", "/systems/of/hospital", "/api/"):
        if path:
            page.goto(f"{live}{path}")
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_says_how_many_take_messages_there_and_that_they_end_with_it(world: World) -> None:
    client = as_("administrator")
    client.post("/systems/new", SYSTEM)
    assert "望潮醫院通報系統還沒有憑證。" in text(client.get("/systems/of/hospital").content.decode())
    client.post("/systems/of/hospital/endpoints/new", {"kind": "file", "address": "", "events": ["tw.anwang.trial"]})
    assert "1個端點在收通知" in text(client.get("/systems/of/hospital").content.decode())
    page = text(client.post("/systems/of/hospital/retire", follow=True).content.decode())
    assert "1個端點也停用了；0則還沒送的不再送。" in page
    assert "望潮醫院通報系統已停用。" in page
