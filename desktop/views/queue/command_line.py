"""The typed command: `/派遣 单位 说明` parsed into a verb, a unit and a text, with what is missing and how Tab completes it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.models.names import Names
from desktop.views.queue.competence import unit_named
from desktop.views.words import command_word
from domain.organisation import Unit

SPOKEN = (
    "dispatch", "remind", "return", "sign", "report_result", "request_check", "close", "add_co_units", "comment",
    "file", "request_verification", "redirect", "refuse", "whistle", "check_in", "reopen", "void", "force_close",
    "resume", "escalate", "withdraw", "approve_delay", "approve_suspend",
)  # fmt: skip
"""Commands that a line can say completely; the others open their form."""

WITH_UNIT = {"dispatch": "lead", "redirect": "lead", "add_co_units": "unit", "whistle": "unit", "check_in": "unit"}
PROPOSES = frozenset({"dispatch", "redirect"})
NEEDS_TEXT = frozenset({"return", "close", "comment", "redirect", "refuse", "whistle", "reopen", "void", "force_close"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a line says. `command` is empty while the verb is not complete; `missing` is unit | text | "" ."""

    command: str = ""
    unit: Unit | None = None
    text: str = ""
    missing: str = ""
    choices: tuple[str, ...] = ()
    """What Tab can put in place of the last word."""
    candidates: tuple[Unit, ...] = ()
    opens_form: bool = False
    """A line cannot say it completely: Enter opens the form of the command."""

    def answers(self) -> dict[str, str]:
        """As a form would give them."""
        answers = {"text": self.text, "co_unit": "", "level": "town", "parts_open_reason": ""}
        field = WITH_UNIT.get(self.command)
        if field is not None and self.unit is not None:
            answers[field] = self.unit.id
        return answers


def verb_of(command: str) -> str:
    """The word of a command as it is typed: 催办, remind, add-co-unit. A blank would end it."""
    return command_word(command).lower().replace(" ", "-")


def parse(line: str, names: Names, offered: Sequence[str], proposed: Sequence[Unit] = ()) -> Spoken:
    """Read `/verb [unit] [text]`. `offered` are the commands of this role; `proposed` the units to name first (competent)."""
    if not line.startswith("/"):
        return Spoken()
    verb, _, rest = line[1:].lstrip().partition(" ")
    known = {verb_of(name): name for name in offered}
    command = known.get(verb.lower(), "")
    if not command:
        return Spoken(choices=tuple(f"/{word} " for word in known if word.startswith(verb.lower())))
    rest = rest.strip()
    if command not in SPOKEN:
        return Spoken(command, text=rest, opens_form=True)
    if command not in WITH_UNIT:
        missing = "text" if command in NEEDS_TEXT and not rest else ""
        return Spoken(command, text=rest, missing=missing)
    return _with_unit(command, verb, rest, names, proposed)


def _with_unit(command: str, verb: str, rest: str, names: Names, proposed: Sequence[Unit]) -> Spoken:
    word, _, text = rest.partition(" ")
    found = unit_named(names, word) if word else proposed if command in PROPOSES else ()
    choices = tuple(f"/{verb} {unit.name} " for unit in found[:12])
    exact = found[0] if word and found and (found[0].name == word or len(found) == 1) else None
    if exact is None:
        return Spoken(command, missing="unit", choices=choices, candidates=tuple(found[:12]))
    text = text.strip()
    missing = "text" if command in NEEDS_TEXT and not text else ""
    return Spoken(command, exact, text, missing, choices if exact.name != word else ())


def complete(line: str, spoken: Spoken, step: int) -> str:
    """The line after Tab, pressed `step` times on what was typed; the line itself when nothing fits."""
    return spoken.choices[step % len(spoken.choices)] if spoken.choices else line
