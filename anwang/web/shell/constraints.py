"""A constraint's name → the sentence a user reads. The database refused; nothing was changed.

Rooms whose constraints can be met from a page add a line here. A name without a line gives the general sentence:
somebody was faster, or the page was old.
"""

from django.db import DatabaseError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GENERAL = _("資料在你填寫的時候變了，所以這次沒有存。請重新整理，看過最新的內容再決定。")

SENTENCES: dict[str, Promise] = {
    "matter_next_step_is_its_own_open_duty": _("這件事還沒結束，要留一個下一步。請先排下一步，或先結案。"),
    "matter_open_only_in_a_living_unit": _("這個單位已經裁撤，不能接新的事。請改給現在承辦的單位。"),
    "matter_open_only_under_an_open_one": _("家庭主責已經結束，不能再掛在下面。請先重新開啟家庭主責。"),
    "duty_open_only_while_its_matter_is": _("這件事已經結束，不能再留應辦事項。請先辦完或註記免辦。"),
    "offer_pending_only_on_an_open_matter": _("這件事已經結束，不能再請別的單位接。"),
    "offer_only_to_a_living_unit": _("對方單位已經裁撤。請改找現在承辦的單位。"),
    "one_pending_offer": _("已經有一個請求等對方回覆。等到回覆或撤回後再送。"),
    "one_lead_per_family": _("這個家庭已經有主責。要換人請用主責交接。"),
    "one_lead_per_person": _("這個人已經有統籌。要換人請用主責交接。"),
    "case_open_while_its_referral_waits": _("還有轉介沒有人接，案件不能結。請等對方接受、改送或不再轉介。"),
    "case_does_not_end_while_listed": _("這個案件還在高危機列管，不能結束。請先重測、提會解除列管。"),
    "case_does_not_end_under_an_order": _("保護令還有效，案件不能結束。請改追蹤到期滿，或登錄它已結束。"),
    "room_is_open": _("戰情室已經結束並封存，不能再寫。"),
    "minutes_are_open": _("會議紀錄已經確認，只能更正。"),
    "one_absence_at_a_time": _("這段時間已經登記過請假。"),
    "one_worker_per_place_on_the_roster": _("這個班次已經有人。請先調開原來的人。"),
    "one_live_post_per_worker_and_unit": _("他在這個單位已經有職務。"),
    "nobody_covers_himself": _("代理人不能是本人。請選另一位同事。"),
    "absence_ends_after_start": _("結束時間要晚於開始時間。"),
    "shift_ends_after_start": _("結束時間要晚於開始時間。"),
    "unit_closes_after_it_opens": _("裁撤日要在成立日之後。"),
}


def name_of(error: DatabaseError) -> str:
    """The constraint PostgreSQL named, or an empty string. Never the values, which may be personal."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""


def sentence(error: DatabaseError) -> Promise:
    """What the user is told."""
    return SENTENCES.get(name_of(error), GENERAL)
