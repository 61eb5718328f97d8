"""The fields of a template: what an office may place where, each explained for whoever restyles it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

FIELD = re.compile(r"\{\{\s*([^{}：:]+?)\s*(?:[：:]\s*([^{}]+?)\s*)?\}\}")
TITLE, SECRECY, OFFICE, PRINTED, ENVELOPE, PARTS, CLOSING, SIGNATURES = (
    "標題", "密等", "機關", "列印", "信頭", "內容", "結尾", "簽名",
)  # fmt: skip
BLOCKS = frozenset({ENVELOPE, PARTS, CLOSING, SIGNATURES})
"""Stand alone in a paragraph and become several."""
REQUIRED = (TITLE, ENVELOPE, PARTS, SIGNATURES, PRINTED)
"""Without them something of the sheet, or the trace of who printed it, would be lost."""
STYLES = ("安網標題", "安網信頭", "安網段名", "安網內文", "安網頁首")
"""Named styles that the sheet's own words are set in."""


@dataclass(frozen=True)
class Field:
    """A field as a clerk reads of it."""

    name: str
    more: object
    """What it becomes, in the reader's language."""
    is_required: bool


FIELDS = (
    Field("{{標題}}", _("這份文件的名稱"), True),
    Field("{{信頭}}", _("受文者、文號、案號等，一行一項；單獨一段"), True),
    Field("{{信頭：案號}}", _("只取其中一項，可放在句子裡；冒號後寫項目名稱"), False),
    Field("{{內容}}", _("所有段落；已經另外放的不再出現；單獨一段"), True),
    Field("{{內容：目標}}", _("只取一段，放在你要的位置；冒號後寫段落名稱；單獨一段"), False),
    Field("{{結尾}}", _("正本、副本；沒有放就接在內容後面；單獨一段"), False),
    Field("{{簽名}}", _("簽名欄；單獨一段"), True),
    Field("{{列印}}", _("誰在什麼時候、為什麼列印；放在頁首或頁尾"), True),
    Field("{{密等}}", _("密等"), False),
    Field("{{機關}}", _("製作的單位"), False),
)
