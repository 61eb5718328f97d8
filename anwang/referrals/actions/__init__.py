"""The only writes of this room."""

from .answering import accept, accept_by_proxy, ask_back, give_back, reply, send_back, send_back_by_proxy, send_on
from .progress import close, contacted, give_up, looked_back, open_case_here, visited_together
from .publishing import publish
from .releasing import NoticeIn, log_call, take_notice
from .sending import ReferralIn, refer
from .staging import set_stage
from .transitioning import drop_transition, move_transition, plan_transition

__all__ = [
    "NoticeIn",
    "ReferralIn",
    "accept",
    "accept_by_proxy",
    "ask_back",
    "close",
    "contacted",
    "drop_transition",
    "give_back",
    "give_up",
    "log_call",
    "looked_back",
    "move_transition",
    "open_case_here",
    "plan_transition",
    "publish",
    "refer",
    "reply",
    "send_back",
    "send_back_by_proxy",
    "send_on",
    "set_stage",
    "take_notice",
    "visited_together",
]
