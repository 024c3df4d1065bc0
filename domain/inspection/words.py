"""Closed word lists of joint inspection 联合检查: states, results, measures, refusal codes. Words on screen are made at the desk."""

from enum import StrEnum

LETTERS = "甲乙丙丁戊己庚辛壬癸"
"""Premises are told apart by these, in this order; the wall shows nothing but the letter."""


class InspectionState(StrEnum):
    """domain.md §5. Several things may go on at once on site; the state says which stage is not yet finished."""

    PLANNED = "planned"
    ISSUED = "issued"
    UNDER_WAY = "under_way"
    FINDINGS_IN = "findings_in"
    RECTIFYING = "rectifying"
    RECHECKED = "rechecked"
    CLOSED = "closed"
    CANCELLED = "cancelled"


ENDED = frozenset({InspectionState.CLOSED, InspectionState.CANCELLED})

EDGES: dict[InspectionState, frozenset[InspectionState]] = {
    InspectionState.PLANNED: frozenset({InspectionState.ISSUED, InspectionState.CANCELLED}),
    InspectionState.ISSUED: frozenset({InspectionState.UNDER_WAY, InspectionState.CANCELLED}),
    InspectionState.UNDER_WAY: frozenset({InspectionState.FINDINGS_IN, InspectionState.CANCELLED}),
    # A part that is returned opens the checking again; with nothing to rectify there is nothing to wait for.
    InspectionState.FINDINGS_IN: frozenset(
        {InspectionState.UNDER_WAY, InspectionState.RECTIFYING, InspectionState.CLOSED}
    ),
    InspectionState.RECTIFYING: frozenset({InspectionState.RECHECKED}),
    InspectionState.RECHECKED: frozenset({InspectionState.CLOSED}),
    InspectionState.CLOSED: frozenset(),
    InspectionState.CANCELLED: frozenset(),
}
"""Every step there is. `decide` never makes another one; the walks of the tests check it."""


class Result(StrEnum):
    """Of one item at one premises. A cell without a finding is open."""

    OK = "ok"
    VIOLATION = "violation"
    NOT_APPLICABLE = "not_applicable"


class Severity(StrEnum):
    MINOR = "minor"
    SERIOUS = "serious"
    GRAVE = "grave"


class How(StrEnum):
    """How a check-in is known: position of the device, code at the meeting point, or told to the desk (代办)."""

    POSITION = "position"
    CODE = "code"
    TOLD = "told"


class Measure(StrEnum):
    """责令整改 · 停业整改 · 移送执法. The last takes the premises out of this inspection's hands."""

    RECTIFY = "rectify"
    STOP = "stop"
    TRANSFER = "transfer"


class Service(StrEnum):
    """How a notice reached its addressee."""

    IN_PERSON = "in_person"
    LEFT = "left"
    POSTED = "posted"


class InspectionCode(StrEnum):
    """Why not. In brackets: what `detail` carries. Shared codes stand in domain.documents.DocCode."""

    STATE = "state"  # not in this state [state]
    NOT_YOUR_UNIT = "not_your_unit"  # only this unit, or the desk for it [unit]
    NOT_LEAD = "not_lead"  # only the lead unit, or the desk [unit]
    OWN_PART = "own_part"  # nobody scores or returns the own part
    REASON_REQUIRED = "reason_required"
    TITLE_REQUIRED = "title_required"
    TOO_LONG = "too_long"  # [field, most]
    UNKNOWN_UNIT = "unknown_unit"  # [unit]
    UNKNOWN_AREA = "unknown_area"  # [area]
    UNKNOWN_TICKET = "unknown_ticket"  # [ticket]
    UNIT_TWICE = "unit_twice"  # [unit]
    NOT_A_PART = "not_a_part"  # [unit]
    NO_PREMISES = "no_premises"
    BAD_LETTER = "bad_letter"  # premises are lettered 甲, 乙, 丙 … in order [letter]
    TOO_MANY = "too_many"  # [what, most]
    NO_ITEMS = "no_items"
    ITEM_TWICE = "item_twice"  # a checklist with two rows of one code [item]
    NOBODY_CHECKS = "nobody_checks"  # an item whose unit takes no part [item, unit]
    BAD_WINDOW = "bad_window"  # ends before it starts
    BAD_METRES = "bad_metres"
    ALREADY_CHECKED_IN = "already_checked_in"  # [unit]
    CHECK_IN_FIRST = "check_in_first"  # [unit]
    BAD_TIME = "bad_time"  # told to have been before the units were asked, in the future, or too long ago [hours]
    UNKNOWN_CELL = "unknown_cell"  # [item, premises]
    SEVERITY_REQUIRED = "severity_required"  # a violation has a severity
    SEVERITY_OF_OK = "severity_of_ok"  # only a violation has severity, demand and limit
    BAD_LIMIT = "bad_limit"  # [most]
    NO_FINDING = "no_finding"  # [item, premises]
    UNDER_NOTICE = "under_notice"  # the premises has its notice: findings are fixed [premises]
    ALL_IN = "all_in"  # nothing is outstanding
    NOT_ALL_IN = "not_all_in"  # cells of the premises are open [premises, open]
    PART_NOT_REPORTED = "part_not_reported"  # items of this unit are open [unit, open]
    NO_CELLS = "no_cells"
    NOT_ITS_CELL = "not_its_cell"  # [item, premises]
    NO_VIOLATION = "no_violation"  # [premises]
    NOTICE_EXISTS = "notice_exists"  # [premises]
    NOTICE_FIRST = "notice_first"  # [premises]
    NO_MEASURE = "no_measure"
    ADDRESSEE_REQUIRED = "addressee_required"
    BAD_DEADLINE = "bad_deadline"  # a deadline lies after today
    UNKNOWN_NOTICE = "unknown_notice"  # [no]
    ALREADY_SERVED = "already_served"  # [no]
    NOTHING_TO_RECHECK = "nothing_to_recheck"
    BAD_DATE = "bad_date"  # a re-check lies neither in the past nor before a deadline
    ALREADY_RECTIFIED = "already_rectified"  # [item, premises]
    SCORED_ALREADY = "scored_already"  # [unit]
    BAD_SCORE = "bad_score"  # [most]
    RECHECK_FIRST = "recheck_first"  # failed cells have not passed a re-check [left]
    UNITS_OPEN = "units_open"  # [units]
    SUMMARY_REQUIRED = "summary_required"
