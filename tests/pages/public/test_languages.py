"""Six whole languages, chosen by the address; those that nobody checked say so, in themselves and in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from babel.messages.pofile import read_po
from django.test import Client

from anwang.intake.models import Report, ReportSupplement
from anwang.web.public.languages import LANGUAGES
from anwang.web.shell.forms.choices import NOT_IN_LIST
from anwang.web.shell.forms.text import SENTENCES
from tests.architecture import test_translations as translations
from tests.architecture.source import PACKAGE
from tests.pages.public.test_form import NIGHT, SENT, WORDS
from tests.world import World, build_world

UNCHECKED = "這個語言的文字還沒有請母語人士看過。"
OTHERS = [one for one in LANGUAGES if one.slug != "zh"]
DRAFTS = [one for one in LANGUAGES if one.slug not in ("zh", "en")]


@pytest.fixture
def world(db: None, at: Callable[[str], object]) -> World:
    at(NIGHT)
    return build_world()


def catalogue(slug: str) -> dict[str, list[str]]:
    path = PACKAGE / "web/public/locale" / slug / "LC_MESSAGES/django.po"
    found = {}
    for message in read_po(BytesIO(path.read_bytes()), abort_invalid=True):
        many = isinstance(message.id, tuple)
        found[message.id[0] if many else message.id] = list(message.string) if many else [message.string]
    return found


def shown() -> set[str]:
    """Every sentence that the public pages say to the reader; what is written into the report is for staff."""
    room = PACKAGE / "web" / "public"
    asked = {
        text for path in room.glob("*.py") if path.name != "filing.py" for text in translations._asked_in_python(path)
    }
    asked |= {text for path in room.rglob("*.html") for text in translations._asked_in_template(path)}
    return asked


@pytest.mark.parametrize("language", OTHERS, ids=lambda one: one.slug)
def test_says_everything_in_every_language(language) -> None:
    known = catalogue(language.slug)
    asked = shown()
    if language.slug != "en":  # the shell speaks English itself
        asked |= {str(text) for text in [*SENTENCES.values(), NOT_IN_LIST]}
    assert sorted(text for text in asked if not all(known.get(text, [""]))) == []
    for text in asked:
        for said in known[text]:
            assert sorted(translations.PLACEHOLDER.findall(said)) == sorted(translations.PLACEHOLDER.findall(text)), (
                said
            )


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.slug)
def test_shows_the_form_and_takes_a_report_in_it(world: World, language) -> None:
    client = Client()
    page = client.get(f"/report/{language.slug}")
    assert f'<html lang="{language.tag}">' in page.text
    assert page.headers["Content-Language"] == language.tag
    token = re.search(r'name="token" value="([^"]+)"', page.text)[1]
    sent = client.post(f"/report/{language.slug}", {"county": "99001", "what": WORDS, "token": token})
    title = catalogue(language.slug)[SENT][0] if language.slug != "zh" else SENT
    assert title in sent.text
    wrong = client.post(f"/report/{language.slug}", {"county": "99002", "phone": "x", "token": token})
    assert wrong.status_code == 422
    for text in (page.text, sent.text, wrong.text):
        assert (UNCHECKED in text) == (language in DRAFTS)
        assert text.count('<html lang="') == 1


@pytest.mark.parametrize("language", DRAFTS, ids=lambda one: one.slug)
def test_says_in_itself_that_it_is_a_draft(world: World, language) -> None:
    assert catalogue(language.slug)[UNCHECKED][0] in Client().get(f"/report/{language.slug}").text


@pytest.mark.parametrize(
    ("asked", "tag"),
    [("vi-VN,vi;q=0.9,en;q=0.8", "vi"), ("th", "th"), ("id-ID", "id"), ("ja,en", "ja"), ("en-GB", "en"),
     ("fr-FR,fr;q=0.9", "zh-Hant-TW"), ("", "zh-Hant-TW"), ("zh-TW", "zh-Hant-TW"), (";;;q=x", "zh-Hant-TW")],
)  # fmt: skip
def test_begins_in_the_language_of_the_telephone(world: World, asked: str, tag: str) -> None:
    assert f'<html lang="{tag}">' in Client().get("/report", headers={"Accept-Language": asked}).text


def test_knows_no_other_address(world: World) -> None:
    assert Client().get("/report/fr").status_code == 404
    assert Client().get("/report/status/fr").status_code == 404


def test_writes_for_staff_in_chinese_whatever_was_read(world: World) -> None:
    client = Client()
    token = re.search(r'name="token" value="([^"]+)"', client.get("/report/vi").text)[1]
    client.post("/report/vi", {"county": "99001", "what": "Trẻ khóc", "when": "hôm qua", "token": token})
    world.viewer("screener")
    assert Report.objects.get().narrative == "Trẻ khóc\n什麼時候：hôm qua"
    assert ReportSupplement.objects.get().text == "用Tiếng Việt填寫。"
