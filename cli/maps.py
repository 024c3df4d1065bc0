"""`liandong maps …`: the operator's way to polygons of towns, communities and grids, for the server and for the desks' map package."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cli.errors import OperatorError

if TYPE_CHECKING:
    from backend.map_layers import LayerReport

LEVELS = ("district", "town", "community", "grid")
DATUMS = ("wgs84", "gcj02", "cgcs2000")
WORDS = {
    "json_broken": "不是完整的 JSON，文件可能没有下完 / no whole JSON: is the file complete?",
    "too_big": "文件太大 / too large",
    "not_geojson": "不是 GeoJSON 的 FeatureCollection / no GeoJSON FeatureCollection",
    "empty": "里面没有面 / there is no polygon in it",
    "datum_missing": "没有写坐标系，请用 --datum / it does not say its datum, give --datum",
    "datum_unknown": "坐标系不认识，只收 WGS-84、GCJ-02、CGCS2000 / unknown datum",
    "datum_conflict": "文件写的坐标系与 --datum 不同，请核对 / the file says another datum than --datum",
    "geometry_missing": "没有图形 / no geometry",
    "geometry_unsupported": "只收面（Polygon、MultiPolygon） / only polygons are taken",
    "bad_position": "坐标不是数字 / a position that is no pair of numbers",
    "code_missing": "没有编码，请用 --code 指出字段 / no code, name its field by --code",
    "code_twice": "编码重复 / the code stands twice",
    "outside_site": "不在本区范围 / outside the site",
    "not_finite": "坐标不是有限的数 / a coordinate that is no finite number",
    "out_of_range": "经纬度超出范围 / longitude or latitude out of range",
    "swapped_lon_lat": "经纬度写反了，应先经后纬 / latitude stands before longitude",
    "ring_open": "边界没有闭合 / the ring is not closed",
    "ring_short": "边界少于三个点 / the ring has fewer than three corners",
    "ring_flat": "边界没有面积 / the ring has no area",
    "self_crossing": "边界自相交，请在制图软件里修正 / the border crosses itself, mend it in the drawing program",
    "hole_outside": "洞在面的外面 / a hole lies outside its polygon",
    "code_length": "编码位数不是这一级的（区 6、街道 9、社区 12、网格 15） / the code has not the digits of this level",
    "row": "这一行读不出 code、name、lon、lat / a row without code, name, lon, lat",
    "no_points": "没有点 / no points",
    "same_point": "两个点在同一处 / two points at one place",
}


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("maps", help="街道、社区、网格边界 / polygons of towns, communities, grids")
    jobs = parser.add_subparsers(title="jobs", metavar="JOB", required=True)
    take = jobs.add_parser("import", help="导入 GeoJSON，全部或不动 / take a layer, all or nothing")
    _add_target(take, "GeoJSON")
    take.add_argument("--code", action="append", metavar="FIELD", help="property with the area code")
    take.add_argument("--name", action="append", metavar="FIELD", help="property with the name")
    take.set_defaults(run=_import)
    derive = jobs.add_parser("derive", help="没有边界时由点推算，并注明 / cells around points, marked as derived")
    _add_target(derive, "CSV: code,name,lon,lat")
    derive.set_defaults(run=_derive)
    show = jobs.add_parser("list", help="各级有几个面 / how many areas of each level")
    show.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="map package, such as DATA/maps")
    show.set_defaults(run=_list)


def _add_target(parser: argparse.ArgumentParser, form: str) -> None:
    parser.add_argument("level", choices=LEVELS)
    parser.add_argument("file", type=Path, help=form)
    parser.add_argument("--datum", choices=DATUMS, required=True, help="datum of the coordinates")
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="map package, such as DATA/maps")


def _import(args: argparse.Namespace) -> int:
    from backend.map_layers import import_layer
    from domain.geo.datum import Datum
    from domain.geo.geojson import Fields

    usual = Fields()
    fields = Fields(code=tuple(args.code or usual.code), name=tuple(args.name or usual.name))
    data = _read(args.file)
    return _told(args, lambda: import_layer(args.to, args.level, data, Datum(args.datum), fields=fields))


def _derive(args: argparse.Namespace) -> int:
    from backend.map_layers import derive_layer
    from domain.geo.datum import Datum

    try:
        text = _read(args.file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise OperatorError(f"{args.file}: 不是 UTF-8 / is not UTF-8") from None
    return _told(args, lambda: derive_layer(args.to, args.level, text, Datum(args.datum)))


def _list(args: argparse.Namespace) -> int:
    from backend.map_layers import counts
    from backend.places import LayerError

    try:
        for level, count in counts(args.to).items():
            print(f"{level} {count}")
    except (LayerError, OSError) as problem:
        raise OperatorError(f"{args.to}: {problem}") from None
    return 0


def _told(args: argparse.Namespace, work) -> int:  # type: ignore[no-untyped-def] # a report's class is imported by the job
    from backend.places import LayerError

    try:
        report: LayerReport = work()
    except (LayerError, OSError) as error:
        raise OperatorError(f"{args.to}: 写不了 / cannot be written ({error})") from None
    for problem in report.problems:
        where = f" #{problem.feature} {problem.name}".rstrip() if problem.feature >= 0 else ""
        detail = " ".join(f"{key}={value}" for key, value in problem.detail.items())
        sentence = WORDS.get(problem.code, problem.code)
        print(f"{args.file}:{where} {sentence} {detail}".rstrip(), file=sys.stderr)
    if not report.taken:
        print("没有导入任何一个面，原有的没有动 / nothing was taken, what was there is unchanged", file=sys.stderr)
        return 1
    print(f"{args.level}: {report.taken} 个面 / areas → {args.to}")
    return 0


def _read(file: Path) -> bytes:
    import gzip

    try:
        data = file.read_bytes()
        return gzip.decompress(data) if file.suffix == ".gz" else data
    except (OSError, EOFError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise OperatorError(f"{file}: 读不了 / cannot be read ({why})") from None
