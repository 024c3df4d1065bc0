"""A register of components 部件 as a table → components. Positions are WGS-84 unless the table says otherwise at the door."""

from collections.abc import Mapping

from domain.components import Component, ComponentError, ComponentState, check_number
from domain.geo.datum import Datum, to_wgs84
from domain.ids import AreaCode
from domain.organisation import Area
from domain.tables.sheets import (
    Line,
    Problem,
    Reading,
    Sheet,
    UnreadableError,
    Wrong,
    find_columns,
    plain,
    read_lines,
)
from domain.ticket import Point

COLUMNS = {
    "id": ("部件编号", "标识码", "编号", "id"),
    "kind": ("部件名称", "部件类型", "小类名称", "kind"),
    "lon": ("经度", "lon"),
    "lat": ("纬度", "lat"),
    "area": ("网格代码", "区划代码", "area"),
    "place": ("位置", "所在位置", "place"),
    "department": ("主管部门", "department"),
    "owner": ("权属单位", "owner"),
    "maintainer": ("养护单位", "maintainer"),
    "state": ("状态", "部件状态", "state"),
}
STATES = {
    "": ComponentState.IN_ORDER,
    "完好": ComponentState.IN_ORDER,
    "损坏": ComponentState.DAMAGED,
    "破损": ComponentState.DAMAGED,
    "丢失": ComponentState.MISSING,
    "缺失": ComponentState.MISSING,
    "废弃": ComponentState.RETIRED,
    "停用": ComponentState.RETIRED,
}
STATES |= {str(each): each for each in ComponentState}


def read_components(sheet: Sheet, areas: Mapping[AreaCode, Area], datum: Datum = Datum.WGS84) -> Reading[Component]:
    """Components whose area is known, or left open. `datum` is that of the table's positions."""
    try:
        first, columns = find_columns(sheet, COLUMNS, 4)
    except UnreadableError as problem:
        return Reading(problems=(Problem(sheet.name, 0, problem.code, problem.detail),))
    numbers: dict[str, int] = {}
    rows: list[Component] = []
    problems: list[Problem] = []
    for each in read_lines(sheet, first, columns, lambda line, cells: _component(line, cells, areas, datum)):
        if isinstance(each, Problem):
            problems.append(each)
            continue
        number, component = each
        if component.id in numbers:
            detail = {"row": component.id, "first": numbers[component.id]}
            problems.append(Problem(sheet.name, number, Wrong.CODE_TWICE, detail))
        else:
            numbers[component.id] = number
            rows.append(component)
    return Reading(tuple(rows), tuple(problems))


def _component(line: Line, cells: dict[str, str], areas: Mapping[AreaCode, Area], datum: Datum) -> Component:
    number = plain(cells.get("id", ""))
    try:
        check_number(number)
    except ComponentError as error:
        raise UnreadableError(Wrong.BAD_CODE, text=number) from error
    if not cells.get("kind"):
        raise UnreadableError(Wrong.NO_NAME)
    state = STATES.get(cells.get("state", ""))
    if state is None:
        raise UnreadableError(Wrong.BAD_WORD, column="state", text=cells["state"], allowed=list(STATES)[1:])
    area = plain(cells.get("area", ""))
    # The register may know finer grids than the site: what lies in a known area is fine.
    if area and not any(area[:length] in areas for length in (17, 15, 12, 9, 6)):
        raise UnreadableError(Wrong.UNKNOWN_AREA, text=area)
    lon, lat = _degrees(cells, "lon", 180.0), _degrees(cells, "lat", 90.0)
    return Component(
        id=number,
        kind=cells["kind"],
        point=Point(*to_wgs84(lon, lat, datum)),
        area=AreaCode(area),
        place=cells.get("place", ""),
        department=cells.get("department", ""),
        owner=cells.get("owner", ""),
        maintainer=cells.get("maintainer", ""),
        state=state,
    )


def _degrees(cells: dict[str, str], column: str, most: float) -> float:
    text = plain(cells.get(column, ""))
    try:
        value = float(text)
    except ValueError as error:
        raise UnreadableError(Wrong.BAD_NUMBER, column=column, text=text) from error
    if not -most <= value <= most:
        raise UnreadableError(Wrong.BAD_NUMBER, column=column, text=text)
    return value
