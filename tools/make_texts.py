"""Collect the texts of the desktop and make the English ones usable: resources/i18n/liandong_en.ts and .qm.

What lives here: calling Qt's lupdate and lrelease, and the check that no text is missing, untranslated or written where
lupdate cannot see it. Translations are written by people, in the .ts. The product needs neither this nor Qt's tools.
Usage: make_texts.py brings the .ts up to date and makes the .qm; make_texts.py --check changes nothing, exit code 1 for faults.
"""

from __future__ import annotations

import argparse
import ast
import re
import shutil
import string
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "desktop"
TS = ROOT / "resources" / "i18n" / "liandong_en.ts"
QM = TS.with_suffix(".qm")
CHINESE = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uff01-\uff5e]")
"""Characters and full-width punctuation."""
CALLS = {"tr": 0, "translate": 1}
"""Which argument of a call is the text."""


class ToolError(RuntimeError):
    """One of Qt's tools did not do its work; the text is what it said."""


@dataclass(frozen=True, order=True)
class Key:
    """A text as Qt looks it up."""

    context: str
    source: str


@dataclass(frozen=True, order=True)
class Place:
    """Where a text stands in the program."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.text!r}"


@dataclass(frozen=True)
class Found:
    """What one source file says: texts asked for through Qt, texts that are not a literal there, Chinese outside of Qt."""

    asked: dict[Key, Place]
    unreadable: list[Place]
    loose: list[Place]


# -- the program ---------------------------------------------------------------------------------


class _Reader(ast.NodeVisitor):
    def __init__(self, file: str) -> None:
        self._file = file
        self._classes: list[str] = []
        self._known: set[int] = set()
        self.found = Found({}, [], [])

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Expr(self, node: ast.Expr) -> None:
        """A bare string is a docstring or a note: nobody sees it."""
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        at = CALLS.get(name)
        if name == "tr" and isinstance(node.func, ast.Name):
            # A function of our own: lupdate collects its text without a context, and Qt never finds it again.
            self._add(self.found.unreadable, node, ast.unparse(node))
        elif at is not None and len(node.args) > at:
            self._read_call(node, name, at)
        self.generic_visit(node)

    def _read_call(self, node: ast.Call, name: str, at: int) -> None:
        context: ast.expr | None = node.args[0] if name == "translate" else None
        text = node.args[at]
        readable = isinstance(text, ast.Constant) and isinstance(text.value, str)
        if context is not None and not (isinstance(context, ast.Constant) and isinstance(context.value, str)):
            if readable:  # a painter's translate(x, y) has numbers
                self._add(self.found.unreadable, node, ast.unparse(node))
            return
        if not readable:
            self._add(self.found.unreadable, node, ast.unparse(node))
            return
        assert isinstance(text, ast.Constant)
        where = context.value if isinstance(context, ast.Constant) else (self._classes or [""])[-1]
        key = Key(str(where), str(text.value))
        self.found.asked[key] = Place(self._file, node.lineno, key.source)
        self._known.add(id(text))

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and id(node) not in self._known and CHINESE.search(node.value):
            self._add(self.found.loose, node, node.value)

    def _add(self, places: list[Place], node: ast.expr, text: str) -> None:
        places.append(Place(self._file, node.lineno, text))


def source_files(folder: Path = SOURCES) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def read_source(text: str, file: str) -> Found:
    reader = _Reader(file)
    reader.visit(ast.parse(text))
    return reader.found


def read_all(folder: Path = SOURCES) -> Iterator[Found]:
    for file in source_files(folder):
        yield read_source(file.read_text("utf-8"), file.relative_to(folder.parent).as_posix())


# -- the .ts -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Message:
    key: Key
    translations: tuple[str, ...]
    """One, or one per plural form."""
    finished: bool


def messages(ts: Path) -> list[Message]:
    root = ElementTree.parse(ts).getroot()
    return [
        _message(context.findtext("name", ""), one)
        for context in root.iter("context")
        for one in context.iter("message")
    ]


def _message(context: str, element: ElementTree.Element) -> Message:
    translation = element.find("translation")
    key = Key(context, element.findtext("source", ""))
    if translation is None:
        return Message(key, (), False)
    forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
    return Message(key, tuple(forms), translation.get("type") is None)


def placeholders(text: str) -> set[str]:
    """Names in braces, and Qt's %n."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None} | set(re.findall(r"%n", text))


def message_faults(message: Message) -> list[str]:
    """What is wrong with one translation."""
    name = f"{message.key.context}: {message.key.source!r}"
    if not message.finished or not all(message.translations) or not message.translations:
        return [f"not translated: {name}"]
    faults = []
    for text in message.translations:
        if placeholders(text) != placeholders(message.key.source):
            faults.append(f"other placeholders: {name} → {text!r}")
        if CHINESE.search(text):
            faults.append(f"Chinese left in the English: {name} → {text!r}")
    return faults


# -- Qt's tools ----------------------------------------------------------------------------------


def _run(tool: str, *arguments: str) -> None:
    command = [str(Path(sys.executable).parent / f"pyside6-{tool}"), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ToolError(f"{tool} ended with {done.returncode}: {done.stdout}{done.stderr}")


def update(ts: Path) -> None:
    """Bring `ts` up to date with the program: new texts come untranslated, texts that are gone leave."""
    files = [str(file.relative_to(ROOT)) for file in source_files()]
    languages = ("-source-language", "zh_CN", "-target-language", "en")
    # Nothing is guessed from similar texts and no line numbers: a diff of the .ts shows what a person changed.
    quiet = ("-locations", "none", "-no-obsolete", "-sort-messages", "-disable-heuristic", "similartext")
    _run("lupdate", *files, *languages, *quiet, "-ts", str(ts))


def release(ts: Path, qm: Path) -> None:
    _run("lrelease", str(ts), "-qm", str(qm))


# -- what is done --------------------------------------------------------------------------------


def faults_now() -> list[str]:
    """Everything that keeps the English from being complete; the files of the checkout stay as they are."""
    faults: list[str] = []
    asked: dict[Key, Place] = {}
    for found in read_all():
        asked |= found.asked
        faults += [f"not a literal text, so it is never collected: {place}" for place in found.unreadable]
    if not TS.exists() or not QM.exists():
        return [*faults, f"missing: {TS.name} or {QM.name}"]
    with tempfile.TemporaryDirectory(prefix="liandong-texts-") as scratch:
        ts, qm = Path(scratch, TS.name), Path(scratch, QM.name)
        shutil.copyfile(TS, ts)
        update(ts)
        known = {message.key for message in messages(ts)}
        faults += [f"lupdate does not see it: {place}" for key, place in sorted(asked.items()) if key not in known]
        faults += _difference({message.key for message in messages(TS)}, known)
        if not faults and ts.read_bytes() != TS.read_bytes():
            faults.append(f"{TS.name} is not what lupdate writes: run tools/make_texts.py")
        faults += [fault for message in messages(TS) for fault in message_faults(message)]
        release(TS, qm)
        if qm.read_bytes() != QM.read_bytes():
            faults.append(f"{QM.name} is not what {TS.name} gives: run tools/make_texts.py")
    return faults


def _difference(committed: set[Key], collected: set[Key]) -> list[str]:
    faults = [f"missing in the .ts: {key.context}: {key.source!r}" for key in sorted(collected - committed)]
    return faults + [
        f"no longer in the program: {key.context}: {key.source!r}" for key in sorted(committed - collected)
    ]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="make_texts.py", description="texts of the desktop: collect, check, release")
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 if anything is missing")
    if not parser.parse_args(arguments).check:
        TS.parent.mkdir(parents=True, exist_ok=True)
        update(TS)
        release(TS, QM)
    faults = faults_now()
    for fault in faults:
        print(fault)
    print(f"{len(messages(TS)) if TS.exists() else 0} texts, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
