"""The register of components 部件: manhole covers, street lamps, pumps … Each has a 16-digit number, a place and who looks after it.

Number: 6 digits county + 2 class + 2 sub-class + 6 serial (GB/T 30428.2 style). Values only; reading tables is not done here.
"""

from enum import StrEnum

from msgspec import Struct

from domain.ids import AreaCode
from domain.ticket import Point

COMPONENT_DIGITS = 16


class ComponentState(StrEnum):
    IN_ORDER = "in_order"
    DAMAGED = "damaged"
    MISSING = "missing"
    RETIRED = "retired"


class ComponentError(ValueError):
    """A number that cannot be a component's; the text shows it."""


class Component(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One component as its card shows it. Units are named in words of the register, not by our unit ids."""

    id: str
    kind: str
    """Name of the sub-class: 雨水箅子, 路灯."""
    point: Point
    area: AreaCode = AreaCode("")
    place: str = ""
    department: str = ""
    """主管部门, the competent department."""
    owner: str = ""
    """权属单位."""
    maintainer: str = ""
    """养护单位."""
    state: ComponentState = ComponentState.IN_ORDER


def check_number(number: str) -> str:
    """The number itself. Raises ComponentError unless it has 16 digits and names a county."""
    if len(number) != COMPONENT_DIGITS or not number.isascii() or not number.isdigit() or number.startswith("00"):
        raise ComponentError(
            f"component number {number!r}: want {COMPONENT_DIGITS} digits that begin with a county code"
        )
    return number


def short_number(number: str) -> str:
    """How a table prints it inside its own county: class-sub-class-serial, 01-04-000417."""
    return f"{number[6:8]}-{number[8:10]}-{number[10:]}"
