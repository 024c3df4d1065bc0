"""`liandong cameras …`: the operator's way to the register of cameras, also while the backend runs (it takes changes by itself)."""

import argparse
import getpass
import sys
from pathlib import Path

from cli.errors import OperatorError
from domain.cameras import RowCode

REFUSED = {
    RowCode.COLUMNS: "表头要有 id,name,kind，且是逗号分隔的 CSV / the head needs id,name,kind in a CSV with commas",
    RowCode.ID: "编号用 1–40 个英文字母数字，无空格 / an id is 1–40 ASCII characters without blanks",
    RowCode.TWICE: "编号出现两次，删去一行 / the id stands twice, remove a row",
    RowCode.NAME: "缺名称 / the name is missing",
    RowCode.TEXT_LONG: "文字太长，或有换行等控制字符 / too long, or with line breaks",
    RowCode.NUMBER: "要写数字 / must be a number",
    RowCode.POINT: "经纬度要成对且在范围内 / longitude and latitude belong together and within range",
    RowCode.POINT_SWAPPED: "经度纬度写反了，对调两列 / longitude and latitude are swapped, exchange the columns",
    RowCode.DIRECTION: "朝向 0–360 度 / direction is 0–360 degrees",
    RowCode.ANGLE: "张角 0–360 度 / angle is 0–360 degrees",
    RowCode.RADIUS: "半径超出范围（米） / radius out of range (metres)",
    RowCode.KIND: "不认识的类型；站点自有类型要先装它的包 / unknown kind; a kind of the site needs its package installed",
    RowCode.ADDRESS: "地址写法不对，或与类型不符 / no usable address for this kind",
    RowCode.HOST: "主机不在允许名单，先用 liandong cameras hosts 加上 / host not on the list, add it by liandong cameras hosts",
    RowCode.ROLE: "不认识的角色 / unknown role",
    RowCode.TOO_MANY: "表太大，分批或减少 / the table is too large",
}
"""What to do about a row that was not taken."""


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("cameras", help="视频点位登记：导入、导出、口令、主机名单 / the register of cameras")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="data folder of the backend")
    jobs = parser.add_subparsers(title="jobs", metavar="JOB", required=True)
    take = jobs.add_parser("import", help="导入 CSV / take a table")
    take.add_argument("file", type=Path)
    take.add_argument("--datum", choices=("wgs84", "gcj02", "cgcs2000"), required=True, help="datum of lon and lat")
    take.add_argument("--keep-missing", action="store_true", help="cameras the table does not name stay")
    take.add_argument("--skip-refused", action="store_true", help="leave out rows that cannot be used")
    take.set_defaults(run=_import)
    give = jobs.add_parser("export", help="导出 CSV（不含口令） / write the table, without logins")
    give.add_argument("file", type=Path)
    give.set_defaults(run=_export)
    login = jobs.add_parser("login", help="设口令（从标准输入读） / set user and password, read from standard input")
    login.add_argument("id")
    login.add_argument("user", help='"" removes the login')
    login.set_defaults(run=_login)
    hosts = jobs.add_parser("hosts", help="允许的主机 / hosts that may be opened; without names: list them")
    hosts.add_argument("host", nargs="*")
    hosts.set_defaults(run=_hosts)


def _import(args: argparse.Namespace) -> int:
    from domain.geo.datum import Datum

    register = _register(args.data, mend=True)
    try:
        text = args.file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorError(f"{args.file}: 读不了 / cannot be read as UTF-8 ({type(error).__name__})") from None
    report = register.import_csv(
        text, datum=Datum(args.datum), keep_missing=args.keep_missing, skip_refused=args.skip_refused
    )
    for row in report.refused:
        about = " ".join(part for part in (row.id, row.column, row.value) if part)
        print(f"{args.file}:{row.line}: {about}: {REFUSED[RowCode(row.code)]}", file=sys.stderr)
    if not report.done:
        print("没有导入任何一行 / nothing was taken", file=sys.stderr)
        return 1
    print(
        f"新增 {len(report.added)} · 变更 {len(report.changed)} · 移除 {len(report.removed)} · 未取 {len(report.refused)} "
        f"· 口令另存 {len(report.logins_moved)} / added, changed, removed, refused, logins kept apart"
    )
    return 1 if report.refused else 0


def _export(args: argparse.Namespace) -> int:
    try:
        args.file.write_text(_register(args.data).export_csv(), "utf-8")
    except OSError as error:
        raise OperatorError(f"{args.file}: 写不了 / cannot be written ({error.strerror})") from None
    return 0


def _login(args: argparse.Namespace) -> int:
    from backend.cameras import RegisterError

    register = _register(args.data)
    password = ""
    if args.user:
        # Never from the command line: every process of the machine may read that.
        password = getpass.getpass("password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        register.set_login(args.id, args.user, password)
    except RegisterError as error:
        raise OperatorError(str(error)) from None
    return 0


def _hosts(args: argparse.Namespace) -> int:
    register = _register(args.data)
    if args.host:
        register.set_hosts(args.host)
    for host in register.allow.hosts:
        print(host)
    return 0


def _register(data: Path, *, mend: bool = False):  # type: ignore[no-untyped-def] # the class is imported only when a job runs
    from backend.cameras import CameraRegister, RegisterError

    if not data.is_dir():
        raise OperatorError(f"{data}: 没有这个目录 / there is no such folder")
    try:
        return CameraRegister(data, mend=mend)
    except RegisterError as error:
        raise OperatorError(str(error)) from None
