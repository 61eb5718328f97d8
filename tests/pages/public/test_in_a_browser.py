"""The public pages in a browser: away at once, empty on the way back, with and without script, for every reader."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page

from anwang.foundation import clock
from anwang.web.public.languages import LANGUAGES
from tests.world import build_world

PHONE = {"width": 390, "height": 844}
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"
SMALL = """() => [...document.querySelectorAll('.call a, .leave, label.choice, .btn, select, input[name=name]')]
  .filter(one => one.offsetParent && one.getBoundingClientRect().height < 44).map(one => one.outerHTML.slice(0, 80))"""


@pytest.fixture
def site(live: str, page: Page, monkeypatch: pytest.MonkeyPatch) -> str:
    """The site, with a neutral page of its own to flee to: no browser of a test goes out."""
    build_world(night=(clock.now(), clock.now().replace(year=clock.now().year + 1)))
    monkeypatch.setattr(settings, "ANWANG_NEUTRAL_PAGE", f"{live}/healthz")
    page.set_viewport_size(PHONE)
    return live


def send(page: Page) -> None:
    """Press the button and wait for the answer, which takes the place of the page without a step in the history."""
    page.click("button.go")
    page.wait_for_load_state()
    page.wait_for_selector("form[aria-busy]", state="detached")


def write(page: Page, words: str = "樓上的孩子一直哭。") -> None:
    page.select_option("[name=county]", "99001")
    page.fill("[name=what]", words)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.slug)
def test_can_be_read_by_all_in_every_state(
    site: str, page: Page, axe: Callable[[Page], list[str]], language
) -> None:  # fmt: skip
    states = {"empty": lambda: page.goto(f"{site}/report/{language.slug}")}
    states["wrong"] = lambda: send(page)
    states["sent"] = lambda: (write(page), page.check("[name=danger][value=now]"),
                              page.check("[name=receipt][value=yes]"), send(page))  # fmt: skip
    states["status"] = lambda: page.goto(f"{site}/report/status/{language.slug}")
    states["answer"] = lambda: (page.fill("[name=number]", "A"), page.fill("[name=secret]", "B"),
                                send(page))  # fmt: skip
    for state, reach in states.items():
        reach()
        page.wait_for_load_state()
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        assert axe(page) == [], state
        assert page.evaluate(TOO_WIDE) <= 0, state
        assert page.evaluate(SMALL) == [], state


def test_rings_with_one_touch(site: str, page: Page) -> None:
    page.goto(f"{site}/report")
    links = page.locator(".call a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert links == ["tel:110", "tel:113", "tel:119"]
    assert page.locator(".call").bounding_box()["y"] < 200


def test_is_away_with_two_presses_and_the_way_back_is_not_the_form(site: str, page: Page) -> None:
    page.goto(f"{site}/healthz")
    page.goto(f"{site}/report")
    write(page)
    page.keyboard.press("Escape")
    assert page.url.endswith("/report")
    page.keyboard.press("Escape")
    page.wait_for_url("**/healthz")
    page.go_back()
    assert page.url.endswith("/healthz"), "the form stands no more in the way back"


def test_leaves_from_everywhere_on_the_page(site: str, page: Page) -> None:
    page.goto(f"{site}/report")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.locator("a.leave").evaluate("one => one.getBoundingClientRect().top") < 100
    page.click("a.leave")
    page.wait_for_url("**/healthz")


def test_keeps_what_was_sent_out_of_the_way_back(site: str, page: Page) -> None:
    page.goto("about:blank")
    page.goto(f"{site}/report")
    write(page)
    page.evaluate("document.querySelector('details').open = true")
    page.fill("[name=phone]", "abc")
    send(page)
    assert page.evaluate("document.activeElement.className") == "errors"
    page.fill("[name=phone]", "")
    send(page)
    assert "收到了。" in page.inner_text("main")
    page.go_back()
    assert page.url == "about:blank", "two answers, and no step in the history"
    page.go_forward()
    page.wait_for_load_state()
    assert page.input_value("[name=what]") == ""
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_prints_neither_receipt_nor_what_was_typed(site: str, page: Page) -> None:
    page.goto(f"{site}/report")
    write(page)
    page.check("[name=receipt][value=yes]")
    page.emulate_media(media="print")
    assert not page.locator("[name=what]").is_visible()
    page.emulate_media(media="screen")
    send(page)
    assert page.locator(".receipt b").count() == 2
    page.emulate_media(media="print")
    assert not page.locator(".receipt").is_visible()


def test_asks_nobody_else_for_anything(site: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/report")
    assert asked
    assert all(url.startswith(site) for url in asked)


def test_is_filled_in_by_keyboard_alone(site: str, page: Page) -> None:
    page.goto(f"{site}/report/zh")
    page.focus("[name=county]")
    page.keyboard.press("ArrowDown")
    page.focus("[name=what]")
    page.keyboard.type("樓上的孩子一直哭。")
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('button.go')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("form[aria-busy]", state="detached")
    assert "收到了。" in page.inner_text("main")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_works_without_a_script(site: str, page: Page) -> None:
    page.goto(f"{site}/report")
    write(page)
    page.click("summary")
    page.fill("[name=phone]", "abc")
    send(page)
    assert page.input_value("[name=what]") == "樓上的孩子一直哭。"
    page.fill("[name=phone]", "0912-000-345")
    send(page)
    assert "收到了。" in page.inner_text("main")
    page.locator("a.leave").click()
    page.wait_for_url("**/healthz")
