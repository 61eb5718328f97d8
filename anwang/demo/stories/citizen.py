"""Somebody next door writes on the public form in the morning, with a receipt; a screener has not looked at it yet."""

from __future__ import annotations

from django.http import QueryDict

from anwang.access.viewer import service_viewer
from anwang.demo.beats import beat
from anwang.demo.stage import Stage
from anwang.intake.actions import make_receipt
from anwang.intake.queries.counties import counties
from anwang.web.public import filing, languages
from anwang.web.public.forms import PublicForm

TYPED = {
    "county": "99001", "danger": "no",
    "what": "隔壁阿婆一個人住，最近都自己在路邊撿菜，上禮拜跌倒，膝蓋腫著也不肯看醫生。",
    "whom": "elder", "name": "阿蕊婆", "age": "八十幾歲", "how": "每天都會遇到", "when": "這兩個禮拜",
    "place": "望潮縣潮汐路9047號旁邊的矮房子", "you": "neighbour", "your_name": "住隔壁的", "phone": "0900-000-941",
    "call_back": "yes", "call_when": "平日上午", "message": "no", "receipt": "yes",
}  # fmt: skip


class Citizen(Stage):
    """Nobody is logged in: the form's own service takes it, as the page does."""

    @beat("2026-04-21 09:50")
    def a_neighbour_writes(self) -> None:
        by, language = service_viewer("public"), languages.LANGUAGES[0]
        typed = QueryDict(mutable=True)
        typed.update(TYPED)
        asked = PublicForm(typed, counties=counties(None), language=language)
        if not asked.is_valid():
            raise ValueError(asked.errors)
        report_id, _is_new = filing.file(asked.cleaned_data, typed, "a-neighbour", language, by)
        make_receipt(report_id=report_id, by=by)
