"""The published register of files, for everybody; the data dictionary, for staff."""

from __future__ import annotations

import io

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from odfdo import Cell, Document, Row, Table

from anwang.subjects import dictionary, policies, published

ODS = "application/vnd.oasis.opendocument.spreadsheet"


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """個人資料檔案公開事項: name, keeper, basis and purpose, categories. Reads no record of anybody."""
    return render(request, "subjects/files.html", {"files": published.files_kept(), "keepers": published.keepers()})


@login_not_required
@require_safe
def ods(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    heads = [_("個人資料檔案名稱"), _("保有機關"), _("依據"), _("特定目的"), _("個人資料之類別")]
    keepers = _("、").join(published.keepers())
    rows = [
        [
            one.name, keepers, one.basis, _("、").join(one.purposes),
            _("、").join(f"{line.code} {line.words}" for line in one.categories),
        ]
        for one in published.files_kept()
    ]  # fmt: skip
    headers = {"Content-Disposition": 'attachment; filename="files.ods"'}
    return HttpResponse(_sheet(_("個人資料檔案"), [heads, *rows]), content_type=ODS, headers=headers)


@require_safe
def dictionary_page(request: HttpRequest) -> HttpResponse:
    """Every table with personal data, field by field."""
    policies.may_keep(request.viewer).enforce()
    tables = [one for one in dictionary.tables() if one.of(*dictionary.PERSONAL)]
    shown = [(one, one.of("personal"), one.of("sensitive"), one.of("secret")) for one in tables]
    return render(request, "subjects/dictionary.html", {"tables": shown, "here": "/requests"})


def _sheet(title: str, lines: list[list[str]]) -> bytes:
    document = Document("spreadsheet")
    document.body.clear()
    table = Table(title)
    for line in lines:
        row = Row()
        for cell in line:
            row.append_cell(Cell(text=cell, value=cell, cell_type="string"))
        table.append_row(row)
    document.body.append(table)
    document.meta.title, document.meta.creator, document.meta.initial_creator = title, "", ""
    document.meta.set_generator("Anwang")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()
