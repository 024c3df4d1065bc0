"""Why a command is refused: stable machine codes. The words for people are made at the desk; `detail` fills their gaps."""

from enum import StrEnum


class Code(StrEnum):
    """One code per reason. In brackets: what `detail` carries."""

    # who and when
    STATE = "state"  # the ticket's state does not allow it [state]
    ROLE = "role"  # the role may not give this command [role]
    IMPORT_RIGHT = "import_right"  # only a source with the import right
    SCOPE = "scope"  # the ticket or place lies outside what the session sees
    NOT_YOUR_UNIT = "not_your_unit"  # only the unit itself (or the department above it) may [unit]
    NO_TICKET = "no_ticket"  # there is no such ticket
    EXISTS = "exists"  # a ticket cannot be reported twice
    # arguments
    REASON_REQUIRED = "reason_required"  # the text is empty
    UNKNOWN_UNIT = "unknown_unit"  # [unit]
    UNKNOWN_ITEM = "unknown_item"  # not on the list in that version [item]
    UNKNOWN_AREA = "unknown_area"  # [area]
    UNKNOWN_TICKET = "unknown_ticket"  # the other ticket is not there [ticket]
    EXTERNAL_REF_REQUIRED = "external_ref_required"  # the idempotency key is empty
    BAD_POINT = "bad_point"  # not a longitude and latitude
    BAD_TIME = "bad_time"  # an instant without a zone
    # intake
    NOT_FOUND_ON_SITE = "not_found_on_site"  # verification says it is not there: refuse it, or verify again
    ITSELF = "itself"  # a ticket merged into, or put under, itself
    TARGET_ENDED = "target_ended"  # the other ticket is closed or ended [state]
    HAS_FOLLOWERS = "has_followers"  # other tickets were merged into this one: no chains [count]
    # dispatching
    PROBLEM_TICKET = "problem_ticket"  # only the shift leader dispatches a problem ticket
    LEAD_BINDING = "lead_binding"  # the lead of a problem ticket cannot return it
    SAME_UNIT = "same_unit"  # redirected to the unit that has it [unit]
    ALREADY_PART = "already_part"  # the unit takes part already, or stands twice in the list [unit]
    NO_UNITS = "no_units"  # an empty list of units
    UNDO_EXPIRED = "undo_expired"  # more than 10 s since the dispatch [seconds]
    ALREADY_SIGNED = "already_signed"
    # handling
    PARTS_OPEN = "parts_open"  # parts are still open and no reason is given [units]
    REQUEST_PENDING = "request_pending"  # another delay or suspension waits for its answer [kind]
    NO_REQUEST = "no_request"  # nothing of that kind was asked for
    NO_LIMIT = "no_limit"  # an item without a limit cannot be delayed
    DELAY_LIMIT = "delay_limit"  # two delays were granted [granted]
    DELAY_OVERDUE = "delay_overdue"  # no delay once overdue
    DELAY_TOO_LONG = "delay_too_long"  # more than the original limit, or not more than nothing [limit]
    DELAY_TYPE = "delay_type"  # office time and round-the-clock time cannot be added [type]
    DEPARTMENT_FIRST = "department_first"  # the department has not agreed yet
    SUSPEND_ONCE = "suspend_once"
    SUSPEND_PAST = "suspend_past"  # the end date is not ahead
    SUSPEND_TOO_LONG = "suspend_too_long"  # beyond one year [days]
    TOO_EARLY = "too_early"  # it resumes by itself only at the end date [until]
    TOP_LEVEL = "top_level"  # nothing above this level [level]
    NOT_OVERDUE = "not_overdue"
    # joint handling
    NOT_A_PART = "not_a_part"  # the unit takes no part [unit]
    LEAD_PART = "lead_part"  # the lead reports and is judged with the whole
    WHISTLE_NOT_UP = "whistle_not_up"  # only one level up is whistled [kind]
    ALREADY_CHECKED_IN = "already_checked_in"
    SIGN_FIRST = "sign_first"  # a co-unit signs or checks in before it reports
    CHECK_IN_FIRST = "check_in_first"  # a whistled unit checks in before it reports
    PART_REPORTED = "part_reported"  # reported already
    PART_NOT_REPORTED = "part_not_reported"  # nothing to judge yet
    ACT_NOT_NOW = "act_not_now"  # nothing that could be recorded for a unit now, or not this [act, unit, why]
    # checking and closing
    FINDER_IS_CHECKER = "finder_is_checker"  # nobody checks what he reported himself
    NEEDS_CHECK = "needs_check"  # the item must be checked before closing
    OPEN_CHILDREN = "open_children"  # [count]
    NOT_A_DISPUTE = "not_a_dispute"  # the outcome of a mediation where the item is no dispute
    REOPENED_ONCE = "reopened_once"  # a call-back reopens a ticket once
    NOT_DISSATISFIED = "not_dissatisfied"  # a caller reopens only after "not satisfied" or "not solved"
    # beside the state
    NOT_HIGHER = "not_higher"  # [urgency]
    SAME_AREA = "same_area"
    NO_PARENT = "no_parent"
    PARENT_IS_CHILD = "parent_is_child"  # two levels only, so no cycle
    ALREADY_SUPERVISED = "already_supervised"  # for the same reason, and not settled
    NO_SUPERVISION = "no_supervision"
    # evaluation
    CALL_BACK_DONE = "call_back_done"  # reached, or three times not [attempts]
    OPINION_REQUIRED = "opinion_required"  # reached, but no opinion (there is "no_opinion")
    NOT_REACHED = "not_reached"  # nobody reached has no opinion
    NOT_LATE = "not_late"  # only lateness can be appealed
    APPEAL_ONCE = "appeal_once"
    NO_APPEAL = "no_appeal"
    APPEAL_DECIDED = "appeal_decided"
    REVIEWER_TWICE = "reviewer_twice"
    OWN_UNIT = "own_unit"  # no review by the appealing unit
