"""On paper: what is known, not what could be done."""

from __future__ import annotations

from importlib import resources

from playwright.sync_api import Page

PAGE = """<aside class="margin"><section id="acts"><h2>可以做的事</h2><ul class="links"><li>寫紀錄</li></ul></section>
<section id="team"><h2>團隊</h2><ul><li>簡伯勳</li></ul></section></aside>
<details><summary>加一個人</summary><form id="add"><input name="name"></form></details>
<form id="sheet"><input name="story"></form>"""


def test_prints_no_list_of_acts_and_no_folded_form(page: Page) -> None:
    css = (resources.files("anwang.web.shell") / "static/shell/media.css").read_text(encoding="utf-8")
    page.set_content(f"<style>{css}</style>{PAGE}")
    page.emulate_media(media="print")
    shown = {name: page.locator(f"#{name}").is_visible() for name in ("acts", "team", "add", "sheet")}
    assert shown == {"acts": False, "team": True, "add": False, "sheet": True}
