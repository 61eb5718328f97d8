"""The only writes to what accounts are entered by."""

from .agencies import agency_of, end_agency, register_agency
from .codes import add_totp, make_codes, remove_totp, take_code
from .invitations import accept, invitation_of, invite, put_invitation, try_code, withdraw_invitation
from .keys import add_passkey, key_of, remove_passkey, use_passkey
from .passwords import change_password, put_password
from .posts import add_post, appoint, close_account, end_post, put_first
from .reviewing import end_in_review, keep_accounts
from .sittings import begin_sitting, end_others, end_sitting, move_sitting, note_ended, note_proved

__all__ = [
    "accept",
    "add_passkey",
    "add_post",
    "add_totp",
    "agency_of",
    "appoint",
    "begin_sitting",
    "change_password",
    "close_account",
    "end_agency",
    "end_in_review",
    "end_others",
    "end_post",
    "end_sitting",
    "invitation_of",
    "invite",
    "keep_accounts",
    "key_of",
    "make_codes",
    "move_sitting",
    "note_ended",
    "note_proved",
    "put_first",
    "put_invitation",
    "put_password",
    "register_agency",
    "remove_passkey",
    "remove_totp",
    "take_code",
    "try_code",
    "use_passkey",
    "withdraw_invitation",
]
