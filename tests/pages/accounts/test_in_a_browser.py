"""A passkey made and used in a real browser, with a virtual authenticator; the pages by keyboard, phone and axe."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, ViewportSize, expect

from anwang.access.models import Account
from anwang.access.viewer import viewer_for
from anwang.accounts import actions
from anwang.accounts.models import Passkey, Sitting
from anwang.foundation import clock
from tests.world import build_world

PASSWORD = "correct horse battery"
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture
def site(live: str) -> str:
    """The site by a name: browsers make no passkey for a bare address."""
    build_world()
    return live.replace("127.0.0.1", "localhost")


@pytest.fixture
def authenticator(page: Page) -> Callable[[], int]:
    """A passkey holder in the browser (CDP); gives how many passkeys it holds."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})["authenticatorId"]  # fmt: skip
    return lambda: len(cdp.send("WebAuthn.getCredentials", {"authenticatorId": made})["credentials"])


def test_makes_a_passkey_logs_in_by_it_and_proves_a_step(
    site: str, page: Page, authenticator: Callable[[], int], axe: Callable[[Page], list[str]]
) -> None:
    enter_in(page, site)
    page.goto(f"{site}/account")
    assert axe(page) == []
    page.get_by_label("給它一個名字").fill("辦公室電腦")
    page.get_by_role("button", name="加一把通行金鑰").click()
    expect(page.locator(".notice")).to_contain_text("通行金鑰加好了")
    expect(page.get_by_role("heading", level=1)).to_have_text("你用1把通行金鑰登入。")
    assert authenticator() == 1

    page.get_by_role("button", name="登出").click()
    page.get_by_role("button", name="用通行金鑰").click()
    page.wait_for_url(f"{site}/unit/people")
    assert Sitting.objects.filter(how="passkey").count() == 1
    assert Passkey.objects.get().last_used_at is not None

    page.goto(f"{site}/account")
    page.get_by_role("button", name="離開座位，先鎖起來").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("離開一陣子，先幫你鎖起來。")
    assert axe(page) == []
    page.get_by_role("button", name="用通行金鑰").click()
    page.wait_for_url(f"{site}/unit/people")


def test_covers_a_desk_nobody_sits_at_and_keeps_what_was_typed(site: str, page: Page) -> None:
    page.clock.install()
    enter_in(page, site)
    page.goto(f"{site}/accounts/new")
    page.get_by_label("姓名", exact=True).fill("盧于庭")
    page.clock.fast_forward("16:00")
    expect(page.locator("#veil")).to_be_visible()
    page.get_by_role("button", name="確認好了，打開這一頁").click()
    expect(page.locator("#veil [role=alert]")).to_be_visible()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="在新分頁確認是我").click()
    beside = opened.value
    beside.get_by_label("密碼").fill(PASSWORD)
    beside.get_by_role("button", name="確認，繼續").click()
    beside.wait_for_url(f"{site}/unit/people")
    page.get_by_role("button", name="確認好了，打開這一頁").click()
    expect(page.locator("#veil")).to_be_hidden()
    expect(page.get_by_label("姓名", exact=True)).to_have_value("盧于庭")


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_fits_a_phone_and_finds_nothing_wrong(
    site: str, page: Page, axe: Callable[[Page], list[str]], language: str
) -> None:
    Account.objects.update(language=language)
    page.set_viewport_size(PHONE)
    enter_in(page, site)
    worker = Account.objects.get(username="clerk").worker_id
    for path in ("/account", "/account/app", "/accounts", "/accounts/new", f"/accounts/of/{worker}", "/accounts/review",
                 "/accounts/agencies/new"):  # fmt: skip
        page.goto(f"{site}{path}")
        if page.get_by_role("button", name=re.compile("示範：|Demonstration:")).count():
            page.get_by_role("button", name=re.compile("示範：|Demonstration:")).click()
        assert_fits(page, axe)


@pytest.mark.parametrize("language", ["zh-TW", "en"])
def test_lets_the_invited_begin_by_telephone(
    site: str, browser: Browser, axe: Callable[[Page], list[str]], language: str
) -> None:
    invited, by = (Account.objects.get(username=name).worker_id for name in ("clerk", "administrator"))
    with transaction.atomic():
        made = actions.invite(worker_id=invited, by=viewer_for(by), at=clock.now())
    page = browser.new_context(locale=language, viewport=PHONE).new_page()
    page.goto(f"{site}/join/{made.link}")
    expect(page.locator("html")).to_have_attribute("lang", re.compile(language[:2]))
    assert_fits(page, axe)
    page.locator("input[name=code]").fill(made.code)
    page.locator("main .btn.go").click()
    page.wait_for_url(f"{site}/join/begin")
    expect(page.locator("input[name=password]")).to_be_visible()
    assert_fits(page, axe)


def assert_fits(page: Page, axe: Callable[[Page], list[str]]) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url
    assert axe(page) == [], page.url


def enter_in(page: Page, site: str) -> None:
    page.goto(f"{site}/login")
    page.locator("input[name=username]").fill("administrator")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(re.compile(r".*(?<!login)$"))


def test_works_by_password_where_scripts_are_off(site: str, browser: object) -> None:
    page = browser.new_context(java_script_enabled=False, locale="zh-TW").new_page()  # type: ignore[attr-defined]
    page.goto(f"{site}/login")
    expect(page.locator("[data-does=passkey]")).to_be_hidden()
    expect(page.get_by_text("通行金鑰要開JavaScript才能用")).to_be_visible()
    enter_in(page, site)
    page.goto(f"{site}/account")
    expect(page.get_by_text("通行金鑰要開JavaScript才能加")).to_be_visible()
