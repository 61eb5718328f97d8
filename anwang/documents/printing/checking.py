"""Looking through a template before it is kept: what acts, reaches out or hides is refused; what lacks is named."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from django.utils.translation import gettext as _
from odfdo import Document

from .fields import BLOCKS, FIELD, REQUIRED, STYLES
from .filling import paragraphs, words_of

MIME = b"application/vnd.oasis.opendocument.text"
MOST, MOST_UNPACKED, MOST_PARTS = 2 * 1024 * 1024, 20 * 1024 * 1024, 200
_ALLOWED = re.compile(
    r"(mimetype|content\.xml|styles\.xml|meta\.xml|settings\.xml|manifest\.rdf|META-INF/manifest\.xml"
    r"|Pictures/[\w.-]+\.(png|jpe?g)|Thumbnails/thumbnail\.png|Configurations2/.*|layout-cache|[\w/-]+/)"
)
_ACTS = (
    # what its XML may not hold, and how that is said
    (re.compile(rb"<!DOCTYPE|<!ENTITY"), "xml"),
    (re.compile(rb"<office:script |<script:|<office:event-listeners|<text:execute-macro|<form:(?!.{0,80}/>)"), "acts"),
    (re.compile(rb"xlink:href=\"(?!(\./)?Pictures/|#|\")"), "reaches"),
    (re.compile(rb"<text:database-|<text:dde-|<text:section-source|<draw:object|<draw:plugin|<draw:applet"), "reaches"),
    (re.compile(rb"<text:tracked-changes|<office:annotation|<text:hidden-|text:display=\"none\""), "hides"),
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """Something about a template. `stops` says that it is not kept."""

    stops: bool
    words: str


def look_through(body: bytes) -> list[Finding]:
    """Everything wrong with an ODT template; empty when it can be used as it is."""
    stopped = _container(body)
    if stopped:
        return [Finding(True, stopped)]
    try:
        document = Document(io.BytesIO(body))
        found = [*_fields(document), *_styles(document)]
    except Exception:  # a file that claims to be ODT may break in any way while it is read
        return [Finding(True, _("這個檔案讀不出來。請在文書軟體裡另存成ODT再上傳。"))]
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        if any(name.startswith("Pictures/") and not name.endswith("/") for name in packed.namelist()):
            found.append(Finding(False, _("圖片只出現在ODT，PDF不印。")))
    return found


def _container(body: bytes) -> str:
    """Why the file is not even opened; empty when it may be."""
    wrong = _("這不是ODT檔。請在文書軟體裡另存成ODT再上傳。")
    if len(body) > MOST:
        return _("檔案超過2MB。請縮小圖片再上傳。")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                return wrong
            if packed.read("mimetype").strip() != MIME:
                return wrong
            strange = [part.filename for part in parts if not _ALLOWED.fullmatch(part.filename)]
            if strange:
                return _("檔案裡有範本用不到的東西：%(name)s。請拿掉再上傳。") % {"name": strange[0][:60]}
            return _acts(b"".join(packed.read(part) for part in parts if part.filename.endswith(".xml")))
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, EOFError, ValueError):
        return wrong


def _acts(xml: bytes) -> str:
    said = {
        "xml": _("檔案的寫法不安全，請在文書軟體裡另存成ODT再上傳。"),
        "acts": _("檔案裡有巨集或表單。請拿掉再上傳。"),
        "reaches": _("檔案連到外面的東西。請改成直接放在文件裡。"),
        "hides": _("檔案裡有註解、修訂或隱藏文字。請接受或刪掉再上傳。"),
    }
    return next((said[why] for pattern, why in _ACTS if pattern.search(xml)), "")


def _fields(document: Document) -> list[Finding]:
    known = {*REQUIRED, *BLOCKS, "密等", "機關"}
    seen: set[str] = set()
    found: list[Finding] = []
    for paragraph in paragraphs(document):
        text = words_of(paragraph)
        for name, more in FIELD.findall(text):
            field = "{{" + (f"{name}：{more}" if more else name) + "}}"
            if name not in known:
                found.append(Finding(True, _("不認得欄位%(field)s。請照欄位表寫。") % {"field": field}))
            elif name in BLOCKS and not (name == "信頭" and more) and FIELD.sub("", text).strip():
                found.append(Finding(True, _("欄位%(field)s要單獨一段。") % {"field": field}))
            if not more:
                seen.add(name)
        if "{{" in FIELD.sub("", text):
            found.append(Finding(True, _("有一個欄位的括號沒有寫完：%(text)s") % {"text": text[:40]}))
        if FIELD.search(text) and not _is_whole(paragraph):
            found.append(Finding(True, _("欄位被格式切開了：%(text)s。請整個刪掉重打。") % {"text": text[:40]}))
    missing = ["{{" + name + "}}" for name in REQUIRED if name not in seen]
    if missing:
        found.append(Finding(True, _("少了欄位：%(fields)s。") % {"fields": _("、").join(missing)}))
    return found


def _is_whole(paragraph: object) -> bool:
    """Whether every field stands in one piece of text: an office program cuts it where its format changes."""
    pieces = [str(piece) for piece in paragraph.xpath("descendant::text()")]  # type: ignore[attr-defined]
    whole = len(FIELD.findall("".join(pieces)))
    return sum(len(FIELD.findall(piece)) for piece in pieces) == whole


def _styles(document: Document) -> list[Finding]:
    missing = [name for name in STYLES if document.get_style("paragraph", name) is None]
    if not missing:
        return []
    return [Finding(True, _("樣式不見了：%(names)s。改樣式就好，不要刪。") % {"names": _("、").join(missing)})]
