"""How people, dates of birth and numbers are written for readers. Unknown is said, never left empty."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from anwang.foundation import clock, roc

from .states import Kin, NameKind, RiskKind, Sex


def lang() -> roc.Lang:
    return "en" if get_language() == "en" else "zh"


def name_words(name: str, name_kind: str) -> str:
    """The name as received, or that nobody knows it."""
    if not name:
        return _("姓名不詳")
    return name + _("（稱呼）") if name_kind == NameKind.CALLED else name


def birth_words(earliest: date | None, latest: date | None, about: bool, *, year_only: bool = False) -> str:
    """104年5月3日, 104年5月, 約70年; 生日不詳."""
    known = partial(earliest, latest, about)
    if known is None:
        return _("生日不詳")
    if year_only:
        known = roc.PartialDate(known.year, approximate=known.approximate)
    return _("%(day)s生") % {"day": known.text(lang())}


def age_words(earliest: date | None, latest: date | None, about: bool, on: date | None = None) -> str:
    """11歲, 約45歲, 10到11歲; empty when nothing is known."""
    if earliest is None or latest is None:
        return ""
    least, most = age_range(earliest, latest, about, on)
    if about:
        return _("約%(n)d歲") % {"n": (least + most) // 2}
    if least != most:
        return _("%(a)d到%(b)d歲") % {"a": least, "b": most}
    return ngettext("%(n)d歲", "%(n)d歲", least) % {"n": least}


def age_range(earliest: date, latest: date, about: bool, on: date | None = None) -> tuple[int, int]:
    """Least and greatest age in full years."""
    today = on or clock.today()
    youngest, _same = roc.age_on(roc.PartialDate.of(latest), today)
    _other, oldest = roc.age_on(roc.PartialDate.of(earliest), today)
    return youngest, oldest


def partial(earliest: date | None, latest: date | None, about: bool) -> roc.PartialDate | None:
    """The partial date that has these two ends."""
    if earliest is None or latest is None:
        return None
    if earliest == latest:
        return roc.PartialDate(earliest.year, earliest.month, earliest.day, about)
    next_day = latest + timedelta(days=1)
    if (earliest.year, earliest.month) == (latest.year, latest.month) and next_day.day == 1:
        return roc.PartialDate(earliest.year, earliest.month, approximate=about)
    return roc.PartialDate(earliest.year, approximate=about or earliest.year != latest.year)


def day_words(on: date | None) -> str:
    """A date of a fact; empty when it is not known."""
    return roc.roc_date(on, clock.today(), lang()) if on else ""


def span_words(since: date | None, until: date | None) -> str:
    """115年3月1日起, 到9月1日止; empty when neither is known."""
    if since and until:
        return _("%(since)s到%(until)s") % {"since": day_words(since), "until": day_words(until)}
    if until:
        return _("到%(until)s") % {"until": day_words(until)}
    return _("%(since)s起") % {"since": day_words(since)} if since else ""


def how_words(how: str) -> str:
    """By what a record was found."""
    return _ways(get_language())[how]


@cache
def _ways(_language: str | None) -> dict[str, str]:
    return {
        "name": _("姓名符合"),
        "once": _("曾記為這個姓名"),
        "number": _("證號相同"),
        "phone": _("電話相同"),
        "address": _("地址符合"),
        "file": _("在這一件裡"),
        "family": _("算在這一家"),
    }


def sex_words(sex: str) -> str:
    """女, 男; a code received from elsewhere as it came."""
    return _sexes(get_language()).get(sex, sex)


@cache
def _sexes(_language: str | None) -> dict[str, str]:
    return {one.value: str(one.label) for one in Sex}


def file_words(*, kind: str, open: bool, unit: str, phone: str) -> str:  # noqa: A002
    """通報，處理中・河岬社福中心・(08)000-1000: what is known of somebody, and whom to ring."""
    what = {"report": _("通報"), "case": _("案件"), "placement": _("安置"), "coordination": _("家庭主責")}.get(
        kind, _("其他")
    )
    state = _("處理中") if open else _("已結束")
    return _("・").join(filter(None, (_("%(what)s，%(state)s") % {"what": what, "state": state}, unit, phone)))


def masked(kind_words: str, last_three: str) -> str:
    """國民身分證・末3碼012: enough to compare by ear."""
    return _("%(kind)s，末3碼%(digits)s") % {"kind": kind_words, "digits": last_three}


def risk_words(kind: str) -> str:
    """The kind of risk in words; a code received from elsewhere as it came."""
    return str(RiskKind(kind).label) if kind in RiskKind.values else kind


def kin_words(relation: str, sex: str) -> str:
    """父母 said of a woman is 母親: the everyday word where the sex is known."""
    return {
        (Kin.PARENT, Sex.MALE): _("父親"),
        (Kin.PARENT, Sex.FEMALE): _("母親"),
        (Kin.STEP_PARENT, Sex.MALE): _("繼父"),
        (Kin.STEP_PARENT, Sex.FEMALE): _("繼母"),
        (Kin.ADOPTIVE_PARENT, Sex.MALE): _("養父"),
        (Kin.ADOPTIVE_PARENT, Sex.FEMALE): _("養母"),
        (Kin.GRANDPARENT, Sex.MALE): _("祖父"),
        (Kin.GRANDPARENT, Sex.FEMALE): _("祖母"),
    }.get((Kin(relation), Sex(sex)), str(Kin(relation).label))


def verdict_words(verdict: str) -> str:
    """A verdict as the buttons say it."""
    return {"same": _("同一人"), "apart": _("不是同一人"), "unsure": _("還不確定")}.get(verdict, "")


def inverse_words(relation: str, sex: str) -> str:
    """What somebody is to the person who is his `relation`: a parent's other end is 子女."""
    down = {Sex.MALE: _("兒子"), Sex.FEMALE: _("女兒")}.get(Sex(sex), _("子女"))
    return {
        Kin.PARENT: down,
        Kin.STEP_PARENT: _("繼子女"),
        Kin.ADOPTIVE_PARENT: _("養子女"),
        Kin.GRANDPARENT: _("孫子女"),
        Kin.GUARDIAN: _("受監護人"),
        Kin.CARER: _("受照顧者"),
    }.get(Kin(relation), str(Kin(relation).label))
