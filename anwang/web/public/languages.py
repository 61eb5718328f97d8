"""The languages of the public pages, chosen by the address; no cookie remembers one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header


@dataclass(frozen=True)
class Language:
    """`slug` stands in the address, `code` is Django's, `tag` the page's `lang`, `name` its own word for itself."""

    slug: str
    code: str
    tag: str
    name: str

    @property
    def is_checked(self) -> bool:
        """Whether somebody whose language it is has read the text."""
        return self.code in settings.ANWANG_PUBLIC_LANGUAGES_CHECKED


LANGUAGES = (
    Language("zh", "zh-hant", "zh-Hant-TW", "正體中文"),
    Language("en", "en", "en", "English"),
    Language("vi", "vi", "vi", "Tiếng Việt"),
    Language("id", "id", "id", "Bahasa Indonesia"),
    Language("th", "th", "th", "ไทย"),
    Language("ja", "ja", "ja", "日本語"),
)
_BY_SLUG = {one.slug: one for one in LANGUAGES}


def of(request: HttpRequest, slug: str) -> Language:
    """The language of the address; without one that of the account, the log-in page or the browser."""
    if slug:
        if slug not in _BY_SLUG:
            raise Http404
        return _BY_SLUG[slug]
    if request.viewer is not None:
        return _like(request.viewer.language) or LANGUAGES[0]
    asked = [request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "").lower()]
    asked += [code for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    return next((found for code in asked if (found := _like(code))), LANGUAGES[0])


def _like(code: str) -> Language | None:
    return _BY_SLUG.get(code.partition("-")[0])


@contextmanager
def spoken(request: HttpRequest, language: Language) -> Iterator[None]:
    """Everything inside is said in this language."""
    with translation.override(language.code):
        request.LANGUAGE_CODE = language.code
        yield
