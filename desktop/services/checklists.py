"""Checklist templates of joint inspections: files a site may edit, read and checked whole. No window, no rules of inspections.

A template names who checks an item by words of unit names, because units differ from site to site; `items_for` finds the unit.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

import resources
from domain.ids import UnitId
from domain.inspection.values import CheckItem
from domain.organisation import Unit

FOLDER = ("catalogues", "checklists")


class ChecklistError(ValueError):
    """A file that is no checklist; the message names the file, what is wrong and what to do."""


class TemplateItem(Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    group: str
    name: str
    basis: str
    checker: tuple[str, ...]


class Template(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    name: str
    version: str
    item: tuple[TemplateItem, ...]

    @property
    def ref(self) -> str:
        """How a plan names it: fire@2026-02."""
        return f"{self.id}@{self.version}"


def load_templates(folder: Path | None = None) -> tuple[Template, ...]:
    """Every *.toml of the folder, by id. Raises ChecklistError for the first that cannot be used, OSError where it cannot be read."""
    found = [read_template(path) for path in sorted((folder or resources.path(*FOLDER)).glob("*.toml"))]
    twice = [name for name, n in Counter(template.id for template in found).items() if n > 1]
    if twice:
        raise ChecklistError(f"two checklists have the id {twice[0]!r}: rename one of them")
    codes = Counter(item.code for template in found for item in template.item)
    again = [code for code, n in codes.items() if n > 1]
    if again:
        raise ChecklistError(f"item code {again[0]!r} stands in two checklists: an inspection could not use both")
    return tuple(found)


def read_template(path: Path) -> Template:
    """One file. A list with two rows of one code is refused, because findings are kept by code."""
    try:
        template = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Template)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise ChecklistError(f"{path.name}: {error}") from error
    if not template.item:
        raise ChecklistError(f"{path.name}: no [[item]] in it")
    twice = [code for code, n in Counter(item.code for item in template.item).items() if n > 1]
    if twice:
        raise ChecklistError(f"{path.name}: two rows have the code {twice[0]!r}; give each row its own")
    return template


def items_for(templates: Iterable[Template], units: Sequence[Unit], lead: UnitId) -> tuple[CheckItem, ...]:
    """The rows of the templates, each with the unit that checks it: the first word that fits a name decides, else the lead."""
    return tuple(
        CheckItem(item.code, item.group, item.name, item.basis, _checker(item, units) or lead)
        for template in templates
        for item in template.item
    )


def _checker(item: TemplateItem, units: Sequence[Unit]) -> UnitId | None:
    for word in item.checker:
        for unit in units:
            if word in unit.name:
                return unit.id
    return None
