"""The only writes to casework, by what they do."""

from .after import end_after_care, reopen
from .belonging import join_family, join_new_family
from .closing import Ending, ask_to_close
from .contact import correct_contact, record_contact
from .coordinating import (
    confer,
    end_coordination,
    look_for_more_units,
    open_coordination,
    open_person_lead,
    update_list,
    update_plan,
)
from .deciding import approve_review, decide_opening, send_back_review
from .joining import join_report, take_in
from .leaving import answer_leaving, leave_joining, object_to_leaving, tell_of_leaving
from .listing import decide_listing
from .moving import hand_over_lead, hand_over_to_treatment
from .notes import forward_incident_note, log_effort, read_incident_note, tell_file, write_incident_note, write_note
from .notice_letters import LETTER_OF, draft_notice, letter_went_out
from .notices import acknowledge_notice, record_notice
from .opening import NewSubject, open_case
from .placed import continue_placement, end_placement, end_placement_after_care, move_placement
from .placing import Consent, Excluded, Place, exclude_time, place
from .police_lists import line as police_line
from .police_lists import make_police_list, take_back, take_police_lines
from .reports import Investigated, Safety, record_safety, submit_assessment, submit_investigation
from .searching import begin_search, check_sighting, end_search, take_step
from .served import Sight, Told
from .subjects import add_subject, assess_witness, end_subject, regrade_subject
from .unfitted import NoCriteria, end_unfitted, look_at_unfitted, take_unfitted
from .unwilling import RefusalTold, answer_refusal, log_refusal
from .watching import note_change, reassess

__all__ = [
    "LETTER_OF",
    "Consent",
    "Ending",
    "Excluded",
    "Investigated",
    "NewSubject",
    "NoCriteria",
    "Place",
    "RefusalTold",
    "Safety",
    "Sight",
    "Told",
    "acknowledge_notice",
    "add_subject",
    "answer_leaving",
    "answer_refusal",
    "approve_review",
    "ask_to_close",
    "assess_witness",
    "begin_search",
    "check_sighting",
    "confer",
    "continue_placement",
    "correct_contact",
    "decide_listing",
    "decide_opening",
    "draft_notice",
    "end_after_care",
    "end_coordination",
    "end_placement",
    "end_placement_after_care",
    "end_search",
    "end_subject",
    "end_unfitted",
    "exclude_time",
    "forward_incident_note",
    "hand_over_lead",
    "hand_over_to_treatment",
    "join_family",
    "join_new_family",
    "join_report",
    "leave_joining",
    "letter_went_out",
    "log_effort",
    "log_refusal",
    "look_at_unfitted",
    "look_for_more_units",
    "make_police_list",
    "move_placement",
    "note_change",
    "object_to_leaving",
    "open_case",
    "open_coordination",
    "open_person_lead",
    "place",
    "police_line",
    "read_incident_note",
    "reassess",
    "record_contact",
    "record_notice",
    "record_safety",
    "regrade_subject",
    "reopen",
    "send_back_review",
    "submit_assessment",
    "submit_investigation",
    "take_back",
    "take_in",
    "take_police_lines",
    "take_step",
    "take_unfitted",
    "tell_file",
    "tell_of_leaving",
    "update_list",
    "update_plan",
    "write_incident_note",
    "write_note",
]
