"""Who may give which command in which state: one table, read top to bottom along a ticket's way. What is not in it is denied.

Guards that look deeper (own unit, problem ticket, limits, reasons) are with the commands. `source` acts beyond `report` only with
the import right; `wall` and the three administrators stand in no row.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from domain.vocabulary import OPEN_STATES, Role, State

_NEW = frozenset({None})
_ALL: frozenset[State | None] = frozenset(State)
_OPEN: frozenset[State | None] = frozenset(OPEN_STATES)
_REPORTED, _VERIFYING, _FILED = State.REPORTED, State.VERIFYING, State.FILED
_DISPATCHED, _HANDLING, _SUSPENDED = State.DISPATCHED, State.HANDLING, State.SUSPENDED
_HANDLED, _CHECKING, _READY, _CLOSED = State.HANDLED, State.CHECKING, State.READY_TO_CLOSE, State.CLOSED
_WITH_UNIT = frozenset({_DISPATCHED, _HANDLING})
_JOINT = frozenset({_DISPATCHED, _HANDLING, _HANDLED, _CHECKING, _READY})

_COL, _REG, _DIS, _COO = Role.COLLECTOR, Role.REGISTRAR, Role.DISPATCHER, Role.COORDINATOR
_HAN, _CHK, _CAL, _SHL = Role.HANDLER, Role.CHECKER, Role.CALLER, Role.SHIFT_LEADER
_LEA, _ASS, _SRC, _SYS = Role.LEADER, Role.ASSESSOR, Role.SOURCE, Role.SYSTEM
_PEOPLE = (_COL, _REG, _DIS, _COO, _HAN, _CHK, _CAL, _SHL, _LEA, _ASS)


class Row(NamedTuple):
    command: str
    states: Iterable[State | None]
    roles: Iterable[Role]


ROWS = (
    # intake
    Row("report", _NEW, (_COL, _REG, _DIS, _SHL, _SRC)),
    Row("request_verification", {_REPORTED}, (_REG, _SHL, _SRC)),
    Row("record_verification", {_VERIFYING}, (_COL, _REG, _SHL, _SRC)),
    Row("file", {_REPORTED}, (_REG, _SHL, _SRC)),
    Row("refuse", {_REPORTED}, (_REG, _SHL, _SRC)),
    Row("merge", {_REPORTED, _VERIFYING, _FILED}, (_REG, _DIS, _SHL, _SRC)),
    # dispatching
    Row("dispatch", {_FILED}, (_DIS, _SHL, _SRC)),
    Row("void", {_FILED}, (_SHL,)),
    Row("withdraw", {_DISPATCHED}, (_DIS, _SHL)),
    Row("redirect", {_DISPATCHED}, (_DIS, _COO, _SHL, _SRC)),
    Row("sign", {_DISPATCHED, _HANDLING}, (_HAN,)),  # in handling: a co-unit signs its part
    Row("sign", {_DISPATCHED}, (_SRC,)),
    Row("return", _WITH_UNIT, (_HAN, _SRC)),
    # handling
    Row("report_result", {_HANDLING}, (_HAN, _SRC)),
    Row("request_delay", {_HANDLING}, (_HAN, _SRC)),
    Row("approve_delay", {_HANDLING}, (_HAN, _COO, _LEA, _DIS, _SHL, _SRC)),
    Row("refuse_delay", {_HANDLING}, (_HAN, _COO, _LEA, _DIS, _SHL, _SRC)),
    Row("request_suspend", {_HANDLING}, (_HAN, _SRC)),
    Row("approve_suspend", {_HANDLING}, (_DIS, _SHL, _SRC)),
    Row("refuse_suspend", {_HANDLING}, (_DIS, _SHL, _SRC)),
    Row("resume", {_SUSPENDED}, (_HAN, _COO, _DIS, _SHL, _SYS, _SRC)),
    Row("escalate", _WITH_UNIT, (_HAN, _COO, _DIS, _SHL, _SRC)),
    Row("escalate", _OPEN - {_SUSPENDED}, (_SYS,)),
    # joint handling
    Row("add_co_units", _WITH_UNIT, (_COO, _DIS, _SHL, _SRC)),
    Row("whistle", _WITH_UNIT, (_COL, _HAN, _COO, _DIS, _SHL)),
    Row("check_in", _JOINT, (_HAN, _COO, _SRC)),
    Row("report_part", _JOINT, (_HAN, _SRC)),
    Row("judge_part", _JOINT, (_HAN, _COO, _SHL, _SRC)),
    Row("act_for", _JOINT, (_DIS, _SHL)),
    # checking and closing
    Row("request_check", {_HANDLED}, (_REG, _DIS, _CHK, _SHL, _SRC)),
    Row("record_check", {_CHECKING}, (_COL, _CHK, _SRC)),
    Row("close", {_HANDLED, _READY}, (_REG, _DIS, _SHL, _SRC)),
    Row("reject_closing", {_READY}, (_REG, _DIS, _SHL, _SRC)),
    Row("reopen", {_CLOSED}, (_REG, _CAL, _SHL, _LEA, _SRC)),
    Row("force_close", _OPEN, (_SHL,)),
    # beside the state
    Row("raise_urgency", _OPEN, (_REG, _DIS, _COO, _SHL, _LEA)),
    Row("relocate", _OPEN, (_COL, _REG, _DIS, _COO, _SHL)),
    Row("set_parent", _OPEN, (_DIS, _COO, _SHL)),
    Row("remind", _ALL, (_REG, _DIS, _COO, _CAL, _SHL, _LEA, _SRC)),
    Row("supervise", _ALL, (_COO, _SHL, _LEA, _ASS)),
    Row("settle_supervision", _ALL, (_COO, _SHL, _LEA, _ASS)),
    Row("comment", _ALL, (*_PEOPLE, _SRC)),
    Row("recalculate", _OPEN, (_SYS,)),
    # evaluation
    Row("record_call_back", {_CLOSED}, (_CAL, _SHL, _SRC)),
    Row("appeal", {_CLOSED}, (_HAN,)),
    Row("review_appeal", {_CLOSED}, (_ASS, _LEA)),
)


def _matrix() -> Mapping[str, Mapping[Role, frozenset[State | None]]]:
    table: dict[str, dict[Role, frozenset[State | None]]] = {}
    for row in ROWS:
        roles = table.setdefault(row.command, {})
        for role in row.roles:
            roles[role] = roles.get(role, frozenset()) | frozenset(row.states)
    return table


MATRIX = _matrix()
"""command → role → states. State None is "there is no ticket yet"."""


def allowed(command: str, state: State | None, role: Role) -> bool:
    """Whether the table lets this role give this command in this state. Default: no."""
    return state in MATRIX.get(command, {}).get(role, frozenset())
