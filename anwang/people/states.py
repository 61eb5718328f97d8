"""Vocabularies about people. Unknown is always a value of its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    FEMALE = "female", _("女")
    MALE = "male", _("男")
    OTHER = "other", _("其他")
    UNKNOWN = "unknown", _("不詳")


class NameKind(models.TextChoices):
    """What the shown name is: a full name, a part, a nickname, or a code that stands for a sealed name."""

    FULL = "full", _("全名")
    PARTIAL = "partial", _("部分姓名")
    CALLED = "called", _("稱呼")
    CODE = "code", _("代號")
    UNKNOWN = "unknown", _("姓名不詳")


class IdentifierKind(models.TextChoices):
    NATIONAL = "national_id", _("國民身分證")
    RESIDENT_NEW = "resident_new", _("新式統一證號")
    RESIDENT_OLD = "resident_old", _("舊式統一證號")
    PASSPORT = "passport", _("護照")
    OTHER = "other", _("其他證號")


class Source(models.TextChoices):
    """Who says so. Register, family and visit often differ, and the difference is itself a finding."""

    REGISTER = "register", _("戶籍")
    SAID = "said", _("自述")
    SEEN = "seen", _("訪視所見")
    REPORTED = "reported", _("通報所載")
    AGENCY = "agency", _("機關提供")


class AddressKind(models.TextChoices):
    REGISTERED = "registered", _("戶籍地")
    LIVING = "living", _("居住地")
    FOUND = "found", _("所在地")
    SCHOOL = "school", _("就學地")
    WORK = "work", _("工作地")
    MAIL = "mail", _("通訊地")


class Kin(models.TextChoices):
    """`of` relation: the first person is the … of the second. Edges outlive divorce."""

    PARENT = "parent", _("父母")
    STEP_PARENT = "step_parent", _("繼父母")
    ADOPTIVE_PARENT = "adoptive_parent", _("養父母")
    GRANDPARENT = "grandparent", _("祖父母")
    SIBLING = "sibling", _("手足")
    HALF_SIBLING = "half_sibling", _("同父或同母手足")
    SPOUSE = "spouse", _("配偶")
    FORMER_SPOUSE = "former_spouse", _("前配偶")
    PARTNER = "partner", _("同居伴侶")
    FORMER_PARTNER = "former_partner", _("前伴侶")
    GUARDIAN = "guardian", _("監護人")
    CARER = "carer", _("實際照顧者")
    OTHER_KIN = "other_kin", _("其他親屬")


class ContactKind(models.TextChoices):
    MOBILE = "mobile", _("手機")
    PHONE = "phone", _("市話")
    MESSAGE = "message", _("通訊軟體")
    EMAIL = "email", _("電子郵件")


class YesNoUnknown(models.TextChoices):
    YES = "yes", _("是")
    NO = "no", _("否")
    UNKNOWN = "unknown", _("不詳")


class RiskKind(models.TextChoices):
    """What a colleague must know before the door."""

    WEAPON = "weapon", _("家中有刀械或武器")
    VIOLENCE = "violence", _("曾攻擊人")
    THREAT = "threat", _("曾威脅工作人員")
    DOG = "dog", _("有會咬人的狗")
    INFECTION = "infection", _("傳染病，需防護")
    OTHER = "other", _("其他風險")


class Fact(models.TextChoices):
    """What of a person may be disputed."""

    NAME = "name", _("姓名")
    SEX = "sex", _("性別")
    BIRTH = "birth", _("出生日")
    ADDRESS = "address", _("住址")
    CONTACT = "contact", _("聯絡方式")
    KINSHIP = "kinship", _("親屬關係")
    RECORD = "record", _("紀錄的內容")
