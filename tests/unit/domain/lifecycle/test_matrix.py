"""Every role x command x state, generated from the table, and the facts of domain.md that the table must say."""

from itertools import product

import pytest

from domain import commands
from domain.lifecycle import MATRIX, Code, Context, Rejection, allowed, decide
from domain.ticket import Ticket
from domain.vocabulary import END_STATES, OPEN_STATES, Role, State
from tests.unit.domain.builders import IMPORTER, PLAUSIBLE, T0, TOWN_CENTRE, actor, at_state, ctx

NAMES = [commands.name_of(kind) for kind in commands.COMMAND_TYPES]
TICKETS = {state: at_state(state) for state in State}
BY_TABLE = {Code.STATE, Code.ROLE, Code.IMPORT_RIGHT, Code.NO_TICKET, Code.EXISTS}


def context(role: Role) -> Context:
    return ctx(IMPORTER if role is Role.SOURCE else actor(role, TOWN_CENTRE), T0)


def refused_by_table(command: commands.Command, ticket: Ticket | None, role: Role) -> bool:
    answer = decide(command, ticket, context(role))
    late_signed = Code.ALREADY_SIGNED if isinstance(command, commands.Withdraw) else None
    return isinstance(answer, Rejection) and (answer.code in BY_TABLE or answer.code == late_signed)


@pytest.mark.parametrize("command", PLAUSIBLE, ids=lambda command: commands.name_of(command))
def test_what_is_not_in_the_table_is_denied_and_what_is_goes_on_to_its_own_guards(command: commands.Command) -> None:
    name = commands.name_of(command)
    for role, state in product(Role, State):
        in_table = allowed(name, state, role)
        by_own_guard = in_table and isinstance(command, commands.Withdraw)
        assert by_own_guard or refused_by_table(command, TICKETS[state], role) is not in_table, (name, role, state)
    for role in Role:
        assert refused_by_table(command, None, role) is not allowed(name, None, role), (name, role, "no ticket")


def test_every_command_is_in_the_table_and_has_an_example() -> None:
    assert set(MATRIX) == set(NAMES)
    assert {commands.name_of(command) for command in PLAUSIBLE} == set(NAMES)


@pytest.mark.parametrize("role", [Role.WALL, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_walls_and_administrators_never_act(role: Role) -> None:
    assert not any(role in roles for roles in MATRIX.values())


@pytest.mark.parametrize("name", ["void", "force_close"])
def test_only_the_shift_leader_voids_and_forces(name: str) -> None:
    assert set(MATRIX[name]) == {Role.SHIFT_LEADER}


def test_the_system_does_only_what_happens_by_itself() -> None:
    assert {name for name, roles in MATRIX.items() if Role.SYSTEM in roles} == {"resume", "escalate", "recalculate"}


def test_nothing_but_words_after_an_end() -> None:
    still = {name for name, state, role in product(MATRIX, END_STATES, Role) if allowed(name, state, role)}
    assert still == {"comment", "remind", "supervise", "settle_supervision"}


def test_force_close_from_every_open_state() -> None:
    assert {state for state in State if allowed("force_close", state, Role.SHIFT_LEADER)} == OPEN_STATES


def test_a_source_without_the_import_right_only_reports() -> None:
    source = actor(Role.SOURCE)
    for command in PLAUSIBLE:
        if MATRIX[commands.name_of(command)].get(Role.SOURCE) and not isinstance(command, commands.Report):
            answer = decide(command, TICKETS[State.REPORTED], ctx(source))
            assert answer == Rejection(Code.IMPORT_RIGHT)


def test_an_unknown_command_is_denied() -> None:
    assert not allowed("delete", State.REPORTED, Role.SHIFT_LEADER)
