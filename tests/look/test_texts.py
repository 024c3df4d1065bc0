"""English is complete and stays so: every text is collected, translated, and on the screen in the language that was chosen."""

import re
import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

sys.path.insert(0, str(Path(__file__).parents[1] / "qt" / "widgets"))
sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import make_texts
from make_texts import Key, Message, message_faults, read_source

from desktop.views.kpi_board.board_values import day_labels
from desktop.views.kpi_board.periods import day_text
from desktop.views.queue.command_line import SPOKEN, parse, verb_of
from desktop.views.queue.feed import TicketFeed
from desktop.views.site_time import SiteTime
from desktop.views.words import limit_text
from desktop.widgets.painting import format_age
from domain.ticket import Limit
from domain.vocabulary import LimitType
from tests.qt.fakes import FakeBridge
from tests.qt.samples import NOW

ALLOWED = {
    ("desktop/app/arguments.py", "联动大厅窗口 / the windows of the hall"): "console, both languages",
    ("desktop/app/hooks.py", "日志写不了 / no log file in "): "console, both languages",
    ("desktop/app/main.py", ": 数据目录写不了 / cannot be written ("): "console, both languages",
    (
        "desktop/app/main.py",
        "没有屏幕：用 --shots DIR 把窗口画成图片 / no screen: use --shots DIR to render the windows",
    ): "console, both languages",
    (
        "desktop/app/main.py",
        "已在运行，已把窗口调到前面 / already running: its windows were raised",
    ): "console, both languages",
    ("desktop/app/watchdog.py", "窗口停顿 "): "crash file, both languages",
    ("desktop/app/watchdog.py", "启动时窗口用了 "): "crash file, both languages",
    (
        "desktop/app/watchdog.py",
        " 秒，不是故障 / start: the windows were ",
    ): "crash file, both languages",
    ("desktop/app/watchdog.py", " 秒后恢复 / the windows stood still for "): "crash file, both languages",
    ("desktop/app/shots.py", ": 写不了 / cannot be written: choose another --shots folder"): "console, both languages",
    ("desktop/app/reports.py", ": 不是留存的报表 / no kept report: "): "console, both languages",
    ("desktop/app/reports.py", "模板填不了 / the template cannot be filled: "): "console, both languages",
    ("desktop/views/handover/forms.py", r"(?:(\d{1,2})-(\d{1,2})\s+)?(\d{1,2})[:：](\d{2})"): "how a time is typed",
    (
        "desktop/views/handover/roster_forms.py",
        r"(\S+)\s+(\d{1,2})[:：](\d{2})\s*[-–—]\s*(\d{1,2})[:：](\d{2})",
    ): "how a shift is typed",
    ("desktop/views/handover/roster_forms.py", r"[、,，;；\s]+"): "what may stand between typed names",
    ("desktop/views/handover/window.py", "？"): "a key",
    ("desktop/views/inspection/feed.py", "区"): "ending of a Chinese place name",
    ("desktop/views/inspection/feed.py", "市"): "ending of a Chinese place name",
    ("desktop/views/inspection/matrix.py", "－"): "a key",
    ("desktop/views/inspection/plan_values.py", r"[、,，;；\s]+"): "what may stand between typed names",
    ("desktop/views/inspection/plan_values.py", "[｜|]"): "what may stand between typed names",
    ("desktop/views/inspection/window.py", "？"): "a key",
    ("desktop/views/inspection/words.py", "联改〔"): "number of a paper",
    ("desktop/views/inspection/words.py", "〕"): "number of a paper",
    ("desktop/views/inspection/words.py", "号"): "number of a paper",
    ("desktop/views/launcher.py", "中文"): "the language says its own name",
    ("desktop/views/map/town_map.py", "街道"): "ending of a Chinese place name",
    ("desktop/views/map/town_map.py", "镇"): "ending of a Chinese place name",
    ("desktop/views/map/town_map.py", "乡"): "ending of a Chinese place name",
    ("desktop/views/queue/window.py", "？"): "a key",
    ("desktop/views/shell.py", "？"): "a key",
    ("desktop/views/camera_wall/window.py", "【"): "a key",
    ("desktop/views/camera_wall/window.py", "】"): "a key",
}
WITHOUT_WINDOWS = ("desktop/services/", "desktop/views/inspection/papers/")
"""Codes for the views, and papers, which are Chinese in every language."""
COUNTED_NOUN = re.compile(r"\{(?:n|m|total|count|seconds|days|hours|minutes|granted)\} (?!is\b|as\b|vs\b|s\b)[a-z]+s\b")


# -- the files ---------------------------------------------------------------------------------------


def test_every_text_is_collected_and_translated():
    assert make_texts.faults_now() == []


def test_no_chinese_stands_outside_of_qt():
    loose = {
        (place.file, place.text): place
        for found in make_texts.read_all()
        for place in found.loose
        if not place.file.startswith(WITHOUT_WINDOWS)
    }
    assert [str(place) for key, place in loose.items() if key not in ALLOWED] == []
    assert set(ALLOWED) - set(loose) == set(), "no longer in the program: take it off the list"


def test_counted_things_read_right_for_one():
    """English has no plural forms in the file, so a number never stands before a word in the plural: "1 tickets"."""
    english = [(m.key, text) for m in make_texts.messages(make_texts.TS) for text in m.translations]
    assert [pair for pair in english if COUNTED_NOUN.search(pair[1])] == []


def test_translated_texts_keep_their_edges():
    """Pieces that are painted side by side carry their own blanks: one that is lost glues two words together."""
    glued = [
        m.key
        for m in make_texts.messages(make_texts.TS)
        if m.key.source.endswith(" ") and not m.translations[0].endswith(" ")
    ]
    assert glued == []


# -- the check itself --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ('class A:\n    def b(self): return self.tr("工单")', "asked"),
        ('translate("words", "工单")', "asked"),
        ('translate(context, "工单")', "unreadable"),
        ("class A:\n    def b(self, text): return self.tr(text)", "unreadable"),
        ('def tr(text): return translate("words", text)', "unreadable"),
        ('tr("工单")', "unreadable"),
        ('label.set_text("工单")', "loose"),
        ('x = f"{n} 件"', "loose"),
        ('", ".join(a) + "，"', "loose"),
        ('"""工单"""', ""),
        ("painter.translate(x, y)", ""),
    ],
)
def test_the_reader_knows_how_a_text_is_asked_for(code, kind):
    found = read_source(code, "a.py")
    counts = {"asked": len(found.asked), "unreadable": len(found.unreadable), "loose": len(found.loose)}
    if kind == "unreadable":
        assert counts["unreadable"] == 1
    else:
        assert counts == {name: int(name == kind) for name in counts}


@pytest.mark.parametrize(
    ("source", "translations", "finished", "word"),
    [
        ("工单", ("Ticket",), True, ""),
        ("工单", ("",), False, "not translated"),
        ("工单", ("Ticket",), False, "not translated"),
        ("{n} 件", ("tickets",), True, "placeholders"),
        ("{n} 件", ("{m} tickets",), True, "placeholders"),
        ("工单", ("工单",), True, "Chinese left"),
        ("好，", ("well，",), True, "Chinese left"),
    ],
)
def test_a_wrong_translation_is_told(source, translations, finished, word):
    faults = message_faults(Message(Key("words", source), translations, finished))
    assert [word in fault for fault in faults] == ([True] if word else [])


# -- dates and amounts -------------------------------------------------------------------------------


def test_dates_read_as_each_language_writes_them(language):
    today = date(2018, 10, 9)
    language("en")
    assert SiteTime(language="en").date_of(NOW) == "Tue 9 Oct"
    assert [day_text(today, today), day_text(date(2017, 12, 31), today)] == ["9 Oct", "31 Dec 2017"]
    assert day_labels([today]) == ("9 Oct",)
    language("zh_CN")
    assert SiteTime().date_of(NOW) == "10月9日 周二"
    assert [day_text(today, today), day_text(date(2017, 12, 31), today)] == ["10月9日", "2017年12月31日"]
    assert day_labels([today]) == ("10/9",)


def test_amounts_of_time_are_the_same_for_one_and_many(language):
    language("en")
    assert [format_age(s) for s in (0.8, 16, 60, 3600, 172800)] == ["0.8 s", "16 s", "1 min", "1 h", "2 d"]
    assert [limit_text(Limit(n, LimitType.WORKING_DAYS)) for n in (1, 3)] == ["1 working d", "3 working d"]


def test_a_command_can_be_typed_in_english(language):
    language("en")
    names = TicketFeed(FakeBridge(())).names
    for command in SPOKEN:
        assert " " not in verb_of(command)
        assert parse(f"/{verb_of(command).title()} ", names, SPOKEN).command == command


def test_an_unknown_language_leaves_chinese_and_says_so(language, caplog):
    language("xx")
    assert QCoreApplication.translate("words", "待派遣") == "待派遣"
    assert "xx" in caplog.text
