"""What the pages of accounts ask. What was typed as a secret is never sent back to a page."""

from typing import Any

from django.forms import PasswordInput
from django.utils.translation import gettext_lazy as _

from anwang.accounts.doors import Doors
from anwang.directory.states import Role
from anwang.web.shell import forms


class SecretField(forms.TextField):
    """A password or a code: masked, never shown again."""

    def __init__(self, *, autocomplete: str, **kwargs: Any) -> None:
        super().__init__(widget=PasswordInput, strip=False, max_length=256, **kwargs)
        self.widget.attrs["autocomplete"] = autocomplete


def code_field(**kwargs: Any) -> forms.TextField:
    """Six digits of the app, or a recovery code."""
    field = forms.TextField(label=_("驗證碼"), max_length=40, **kwargs)
    field.widget.attrs.update({"autocomplete": "one-time-code", "inputmode": "text"})
    return field


class ProofForm(forms.Form):
    """Who is there: by password, and by the second factor where there is one; `light` (behind the lock): by one."""

    keeps_all = False
    marks_optional = False
    password = SecretField(label=_("密碼"), autocomplete="current-password", required=False)
    code = code_field(required=False, help_text=_("手機上的6位數字，或一組備用碼。"))

    def __init__(self, *args: Any, doors: Doors, light: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not doors.password:
            del self.fields["password"]
        if not doors.has_second or (light and doors.password):
            del self.fields["code"]


class CodeForm(forms.Form):
    """The second factor at log-in."""

    keeps_all = False
    code = code_field(help_text=_("手機上的6位數字；手機不在身邊就用一組備用碼。"))


class PasswordForm(forms.Form):
    """A new password, typed twice."""

    keeps_all = False
    password = SecretField(label=_("新密碼"), autocomplete="new-password")
    again = SecretField(label=_("再打一次"), autocomplete="new-password")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and given["password"] != given["again"]:
            self.add_error("again", _("兩次打的不一樣。請再打一次。"))
        return given


class AppForm(forms.Form):
    """The first code of a new authenticator app."""

    keeps_all = False
    code = code_field(help_text=_("App顯示的6位數字。"))


class JoinForm(forms.Form):
    """The code of an invitation, told by another way."""

    keeps_all = False
    code = forms.TextField(label=_("電話裡聽到的8位數字"), max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update({"autocomplete": "off", "inputmode": "numeric"})


class InviteForm(forms.Form):
    """A worker who has a post gets his invitation."""

    username = forms.TextField(
        label=_("帳號"), max_length=40, help_text=_("小寫英文、數字、點、橫線，3到40個字；一人一個，不共用。")
    )
    agency = forms.OneOfMany(label=_("機關帳號"), required=False)

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], has_account: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", _("不用機關帳號")), *agencies]
        if not agencies:
            del self.fields["agency"]
        if has_account:
            del self.fields["username"]


class AppointForm(forms.Form):
    """Somebody new at a post."""

    name = forms.PersonNameField(label=_("姓名"), max_length=60)
    name_en = forms.TextField(label=_("英文姓名"), max_length=120, required=False)
    phone = forms.PhoneField(label=_("公務電話"))
    unit = forms.OneOfMany(label=_("單位"))
    role = forms.OneOfMany(label=_("職務"), choices=[("", _("請選一項")), *Role.choices])

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("請選一項")), *units]


class PostForm(forms.Form):
    """One post more."""

    unit = forms.OneOfMany(label=_("單位"))
    role = forms.OneOfMany(label=_("職務"), choices=[("", _("請選一項")), *Role.choices])

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="post_%s", **kwargs)
        self.fields["unit"].choices = [("", _("請選一項")), *units]


class AgencyForm(forms.Form):
    """An agency's own log-in."""

    name = forms.TextField(label=_("名稱"), max_length=60)
    code = forms.TextField(label=_("代碼"), max_length=24, help_text=_("小寫英文與數字，會出現在網址裡。"))
    issuer = forms.TextField(label=_("發行者網址"), max_length=200, help_text=_("https開頭，照對方給的抄。"))
    client_id = forms.TextField(label=_("用戶端代號"), max_length=120)
    client_secret = SecretField(label=_("用戶端密鑰"), autocomplete="off")
