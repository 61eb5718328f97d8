"""The gallery and the log-in page in the browser: WCAG, reflow, colours only where they mean something, CSP."""

import itertools
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page

from tests.world import build_world

SIZES = ((1440, 900), (390, 844), (320, 640))
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, input, select, summary')].filter(e => {
  const r = e.getBoundingClientRect(), label = e.closest('label')?.getBoundingClientRect() ?? r;
  const inText = e.tagName == 'A' && getComputedStyle(e).display == 'inline';
  return r.width && !inText && !e.closest('svg') && !e.matches('.skip') && Math.max(r.height, label.height) < 24;
}).map(e => e.outerHTML.slice(0, 90))"""
COLOUR_LAW = """() => { const root = getComputedStyle(document.documentElement), probe = document.createElement('i');
  document.body.append(probe);
  const rgb = name => { probe.style.color = root.getPropertyValue(name); return getComputedStyle(probe).color; };
  const law = [['--risk', '[data-is=risk], .harm'], ['--late', '[data-is=late]']].map(([n, s]) => [n, rgb(n), s]);
  probe.remove();
  return [...document.querySelectorAll('body *')].flatMap(e => { const c = getComputedStyle(e);
    return law.filter(([, v, s]) => [c.color, c.stroke, c.borderLeftColor].includes(v) && !e.closest(s) &&
      !e.matches('.flag, .call')).map(([n]) => n + ' on ' + e.outerHTML.slice(0, 80)); }); }"""
TEXTS = """() => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walk.nextNode()) found.push(walk.currentNode.data.trim()); return found.filter(Boolean); }"""
LEVELS = "() => [...document.querySelectorAll('h1,h2,h3')].map(h => +h.tagName[1])"
TYPED_SPACE = re.compile(r"[\u4e00-\u9fff] [\dA-Za-z]|[\dA-Za-z] [\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?()]|[,;!?()][\u4e00-\u9fff]")


def keep_picture(page: Page, name: str) -> None:
    if folder := os.environ.get("ANWANG_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("language", ["zh-hant", "en"])
@pytest.mark.parametrize("address", ["/symbols", "/login", "/nowhere"])
def test_is_clean_on_desk_and_phone(
    live: str, page: Page, axe: Callable[[Page], list[str]], address: str, language: str
) -> None:
    build_world()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if _is_ours(said) else None)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live}])
    answer = page.goto(live + address)
    assert answer
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    faults = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        faults += [f"{width}: {over}px too wide"] if over > 0 else []
        faults += [f"{width}: small target {found}" for found in page.evaluate(SMALL_TARGETS)]
        keep_picture(page, f"{address.strip('/')}-{language}-{width}")
    faults += axe(page) + page.evaluate(COLOUR_LAW) + complaints
    levels = page.evaluate(LEVELS)
    faults += [f"{levels.count(1)} h1"] if levels.count(1) != 1 else []
    faults += [f"heading jumps {a} to {b}" for a, b in itertools.pairwise(levels) if b - a > 1]
    faults += ["style attribute"] if " style=" in answer.text() else []
    if language == "zh-hant":
        texts = page.evaluate(TEXTS)
        faults += [f"typed space: {text}" for text in texts if TYPED_SPACE.search(text)]
        faults += [f"half-width: {text}" for text in texts if HALF_WIDTH.search(text)]
    assert faults == []


def test_enters_by_a_card_with_the_keyboard_alone(live: str, page: Page) -> None:
    build_world()
    page.goto(live + "/login")
    page.get_by_role("button", name="杜婉婷").focus()
    page.keyboard.press("Enter")
    assert page.locator(".me").inner_text().startswith("杜婉婷")
    keep_picture(page, "after-card")


def test_puts_the_focus_on_the_error_box(live: str, page: Page) -> None:
    page.goto(live + "/login")
    page.locator("[name=username]").fill("nobody")
    page.locator("[name=password]").fill("wrong")
    page.keyboard.press("Enter")
    page.locator(".errors").wait_for()
    assert page.evaluate("document.activeElement.className") == "errors"
    assert page.locator("[name=username]").input_value() == "nobody"


def _is_ours(said: ConsoleMessage) -> bool:
    return said.type == "error" and "404" not in said.text
