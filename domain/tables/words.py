"""Closed words of the tables: which there are, how far a revision is, and why one is refused."""

from enum import StrEnum


class Table(StrEnum):
    LIST = "list"
    ORGANISATION = "organisation"
    COMPONENTS = "components"
    CALENDAR = "calendar"


class Progress(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    DROPPED = "dropped"


class TableCode(StrEnum):
    """Refusals. In brackets: what `detail` carries."""

    REASON_REQUIRED = "table_reason_required"
    TOO_LONG = "table_too_long"  # [field, most]
    TOO_MANY = "table_too_many"  # [most]
    DRAFT_OPEN = "table_draft_open"  # another revision of this table is not published yet [id]
    NOT_A_DRAFT = "table_not_a_draft"
    WRONG_TABLE = "table_wrong_table"  # rows that do not belong to this table [table]
    NOTHING_CHANGED = "table_nothing_changed"
    IN_THE_PAST = "table_in_the_past"  # a list that would count from an instant that is over [valid_from]
    CODE_TWICE = "table_code_twice"  # [row]
    BAD_CODE = "table_bad_code"  # [row]
    NO_NAME = "table_no_name"  # [row]
    BAD_LIMIT = "table_bad_limit"  # [row]
    UNKNOWN_ITEM = "table_unknown_item"  # retires what is not in the list [row]
    UNKNOWN_PARENT = "table_unknown_parent"  # [row, parent]
    UNIT_LOOP = "table_unit_loop"  # [codes]
    UNKNOWN_AREA = "table_unknown_area"  # [row, area]
    UNKNOWN_UNIT = "table_unknown_unit"  # [row, unit]
    BAD_DAY = "table_bad_day"  # [day]
    BAD_HOURS = "table_bad_hours"  # spans that are none, lie in each other or leave the day [text]
