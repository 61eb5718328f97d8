"""Vocabularies of casework that are ours; codes with a source live in `policy/codelists`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    """Where a case stands. The matter stays open until `not_opened` or `closed`; after-care is still work."""

    INVESTIGATING = "investigating", _("調查中")
    ASSESSING = "assessing", _("評估中")
    UNDER_REVIEW = "under_review", _("開案審查中")
    OPENED = "opened", _("處遇中")
    CLOSING_REVIEW = "closing_review", _("結案審查中")
    AFTER_CARE = "after_care", _("後追")
    NOT_OPENED = "not_opened", _("未成案")
    CLOSED = "closed", _("已結案")


TRANSITIONS = {
    Phase.INVESTIGATING: {Phase.UNDER_REVIEW, Phase.OPENED, Phase.NOT_OPENED},
    Phase.ASSESSING: {Phase.UNDER_REVIEW, Phase.OPENED, Phase.NOT_OPENED},
    Phase.UNDER_REVIEW: {Phase.INVESTIGATING, Phase.ASSESSING, Phase.OPENED, Phase.NOT_OPENED},
    Phase.OPENED: {Phase.CLOSING_REVIEW},
    Phase.CLOSING_REVIEW: {Phase.OPENED, Phase.AFTER_CARE, Phase.CLOSED},
    Phase.AFTER_CARE: {Phase.CLOSED},
}
FINAL = frozenset({Phase.NOT_OPENED, Phase.CLOSED})
BEFORE_OPENING = frozenset({Phase.INVESTIGATING, Phase.ASSESSING, Phase.UNDER_REVIEW})


class SubjectRole(models.TextChoices):
    """As whom a person is the subject of a case. The family itself is one only where the family is the client."""

    CHILD = "child", _("兒少")
    VICTIM = "victim", _("被害人")
    WITNESS = "witness", _("目睹兒少")
    CLIENT = "client", _("服務對象")
    OTHER_PARTY = "other_party", _("相對人")
    FAMILY = "family", _("案家")


class Living(models.TextChoices):
    """Where a subject lives, as a kind. Never an address."""

    HOME = "home", _("原家庭")
    KIN = "kin", _("親屬家")
    PLACED = "placed", _("安置中")
    HOSPITAL = "hospital", _("住院中")
    ELSEWHERE = "elsewhere", _("其他處所")
    UNKNOWN = "unknown", _("不詳")


class Seen(models.TextChoices):
    YES = "yes", _("見到")
    NO = "no", _("沒見到")


class PlaceKind(models.TextChoices):
    """Kind of place of a contact. For a place in hiding only the kind is kept, never words."""

    HOME = "home", _("家裡")
    SCHOOL = "school", _("學校")
    HOSPITAL = "hospital", _("醫院")
    POLICE = "police", _("警察機關")
    OFFICE = "office", _("單位")
    SAFE_PLACE = "safe_place", _("安全處所")
    PHONE = "phone", _("電話中")
    OTHER = "other", _("其他地點")


class NoticeWay(models.TextChoices):
    LETTER = "letter", _("公文")
    FAX = "fax", _("傳真")
    PHONE = "phone", _("電話")
    IN_PERSON = "in_person", _("當面")
    MESSAGE = "message", _("電子郵件")


class AssessmentForm(models.TextChoices):
    """Which report: the code that duties ask for (`done_only_if: {form: …}`)."""

    VULNERABLE_FAMILY = "vulnerable_family", _("訪視評估報告")
    PLACEMENT = "placement", _("繼續安置評估")
    AFTER_CARE = "after_care", _("追蹤報告")
    LONG_TERM = "long_term", _("長期輔導計畫")
    FAMILY_PLAN = "family_plan", _("家庭處遇計畫")
    GENERAL = "general", _("評估報告")


class Capacity(models.TextChoices):
    """Whether the person can decide for himself: asked before a refusal counts."""

    YES = "yes", _("有決定能力")
    NO = "no", _("沒有決定能力")
    UNKNOWN = "unknown", _("還不確定")


class Repeat(models.TextChoices):
    """What a further report is to an open case (再通報): see the re-report rule."""

    SAME_EVENT = "same_event", _("同事件重複")
    NEW_FACTS = "new_facts", _("同事件補充")
    NEW_EVENT = "new_event", _("再通報（新事件）")
    OTHER_VICTIM = "other_victim", _("另一被害人")
    LISTED = "listed", _("又列入名冊")
    """No report of its own: a row of another authority's list names somebody of the report the case came from."""


class Decision(models.TextChoices):
    OPENED = "opened", _("成案")
    NOT_OPENED = "not_opened", _("未成案")


class SearchEnd(models.TextChoices):
    """How a search for a child ended. Whoever is found was found by somebody: the words say by whom."""

    FOUND = "found", _("尋獲")
    NOT_MISSING = "not_missing", _("查明並非行方不明")
    GROWN = "grown", _("已成年，轉一般失蹤協尋")
    DIED = "died", _("死亡")


class Meaning(models.TextChoices):
    """What a change means for the service."""

    SAME = "same", _("不影響目前的計畫")
    CHANGED = "changed", _("計畫要改")
    GRAVER = "graver", _("風險升高，已採取措施")


class UnfittedLookAt(models.TextChoices):
    REVIEW = "review", _("檢視服務")
    CARER = "carer", _("照顧者支持")
