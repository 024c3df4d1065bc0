"""What an import says on the console: rows that cannot be read, differences, refusals. Both languages in one line, as everywhere here."""

from typing import Any

from domain.tables.importing import Change, How, Plan
from domain.tables.sheets import Problem, Wrong
from domain.tables.words import TableCode

FILE = {
    "not_found": "打不开 / cannot be opened ({detail})",
    "too_large": "太大，最多 {detail} / too large: split it",
    "kind": "不是 .xlsx 或 .csv / neither .xlsx nor .csv: save it as one of them",
    "broken": "文件已损坏 / broken ({detail}): save it again from the program that made it",
    "encoding": "既不是 UTF-8 也不是 GBK / neither UTF-8 nor GBK: save it as UTF-8",
}
WRONG = {
    Wrong.NO_HEADING: "没有表头，需要这些列 / no row names the columns; wanted: {wanted}",
    Wrong.NO_COLUMN: "缺少列“{column}” / column missing",
    Wrong.NO_NAME: "没有名称 / the name is missing",
    Wrong.NO_CODE: "没有编码 / the code is missing",
    Wrong.BAD_CODE: "编码“{text}”不合规 / not a code that can be",
    Wrong.CODE_TWICE: "编码 {row} 与第 {first} 行重复，留一行 / stands in row {first} already: keep one",
    Wrong.BAD_LIMIT: "时限“{text}”看不懂，请写成 2紧急工作时、4工作时、5工作日 / limit not understood",
    Wrong.BAD_WORD: "“{text}”不是可用的值（{allowed}） / not one of the values of column {column}",
    Wrong.BAD_NUMBER: "“{text}”不是可用的数 / not a number that column {column} can have",
    Wrong.UNKNOWN_PARENT: "{row} 的上级 {parent} 不在表中 / its parent {parent} is not in the table",
    Wrong.WRONG_PARENT: "{row} 的编码不在所写上级 {parent} 之内 / its code does not lie in {parent}",
    Wrong.LOOP: "上级关系成环：{codes} / these lie in each other: cut the ring",
    Wrong.UNKNOWN_AREA: "没有区划 {text} / no such area",
    Wrong.UNKNOWN_UNIT: "没有单位 {text} / no such unit",
    Wrong.BAD_SHIFTS: "班次没有覆盖全天或互相重叠 / the shifts leave a gap in the day, or overlap",
}
HOW = {How.ADDED: "+", How.REVISED: "~", How.GONE: "-"}
REFUSED = {
    "role": "只有系统管理员能改 / only the system officer may change tables: use a token of role system_admin",
    TableCode.REASON_REQUIRED: "要写修订原因 / say why: --reason",
    TableCode.DRAFT_OPEN: "另一份草稿 {id} 还没发布 / draft {id} is not published yet: publish or drop it first",
    TableCode.NOTHING_CHANGED: "没有变化 / nothing changed",
    TableCode.IN_THE_PAST: "启用时间已过 / --valid-from lies in the past",
    TableCode.TOO_MANY: "一次太多，最多 {most} 行 / too many rows, at most {most}",
    TableCode.UNKNOWN_PARENT: "{row} 的上级 {parent} 不在 / its parent {parent} is not there",
    TableCode.UNKNOWN_UNIT: "{row} 的单位 {unit} 不在 / its unit {unit} is not there",
    TableCode.UNKNOWN_AREA: "{row} 的区划 {area} 不在 / its area {area} is not there",
    TableCode.UNIT_LOOP: "单位上级成环：{codes} / units above each other in a ring",
    TableCode.BAD_CODE: "编码“{row}”不合规 / not a code that can be",
    TableCode.TOO_LONG: "{field} 太长，最多 {most} 字 / too long",
}


def problem_line(problem: Problem) -> str:
    place = f"{problem.sheet} 第 {problem.number} 行 / row {problem.number}" if problem.number else problem.sheet
    return f"{place}: {_filled(WRONG[problem.code], problem.detail)}"


def change_line(change: Change) -> str:
    fields = f" ({', '.join(change.fields)})" if change.fields else ""
    return f"{HOW[change.how]} {change.code} {change.name}{fields}"


def note_lines(plan: Plan) -> list[str]:
    """How each spelling of a limit was read: what an editor has to look at once."""
    return [f"时限 / limit {text} → {how or '无 / none'} × {count}" for text, (how, count) in plan.notes.items()]


def summary(plan: Plan) -> str:
    added, revised, gone = (plan.count(how) for how in How)
    return f"rows={plan.read} added={added} changed={revised} retired={gone} same={plan.same} unreadable={len(plan.problems)}"


def refusal(code: str, detail: dict[str, Any]) -> str:
    known: dict[str, str] = {str(key): text for key, text in REFUSED.items()}
    return _filled(known[code], detail) if code in known else f"后端不接受 / the backend refused: {code} {detail}"


def _filled(text: str, detail: dict[str, Any]) -> str:
    values = {key: "、".join(map(str, value)) if isinstance(value, list) else value for key, value in detail.items()}
    return text.format(**values)
