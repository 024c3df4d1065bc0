"""What a spot check asks for, says and refuses: fields, the command of the answers, the second draw in words."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.models.names import Names
from desktop.views.queue.action_answers import AnswerError
from desktop.views.refusal_words import reason_text
from desktop.views.words import filled
from desktop.widgets.inline_form import FormField
from domain.evaluation import frame as frames
from domain.evaluation.spot_check import SIZE_MOST, Draw, SpotCheck
from domain.ids import AreaCode, TicketId

EVERYWHERE = "*"


def draw_fields(today: date, names: Names) -> tuple[FormField, ...]:
    translate = QCoreApplication.translate
    everywhere = (EVERYWHERE, translate("evaluation", "全区"))
    towns = tuple((area.code, area.name) for area in names.towns)
    return (
        FormField(
            "start", translate("evaluation", "结案日期从"), "date", value=(today - timedelta(days=7)).isoformat()
        ),
        FormField("end", translate("evaluation", "到（含）"), "date", value=today.isoformat()),
        FormField("area", translate("evaluation", "街道"), "choice", options=(everywhere, *towns)),
        FormField("size", translate("evaluation", "抽多少件"), value="20"),
        FormField(
            "seed", translate("evaluation", "种子（最好用公开的数，例如当天开奖号）"), value=secrets.token_hex(4)
        ),
    )


def area_of(answers: Mapping[str, str]) -> AreaCode:
    """Empty for the whole district."""
    chosen = answers.get("area", EVERYWHERE)
    return AreaCode("" if chosen == EVERYWHERE else chosen)


def judge_fields() -> tuple[FormField, ...]:
    return (FormField("text", QCoreApplication.translate("evaluation", "看到什么"), "lines"),)


def draw_of(answers: Mapping[str, str], start: datetime, end: datetime, frame: Sequence[TicketId]) -> Draw:
    """Raises AnswerError for an answer that cannot be one."""
    translate = QCoreApplication.translate
    size = answers.get("size", "").strip()
    if not size.isascii() or not size.isdigit() or not 0 < int(size) <= SIZE_MOST:
        raise AnswerError(filled(translate("evaluation", "抽多少件，请填 1 到 {most} 的整数"), {"most": SIZE_MOST}))
    if start >= end:
        raise AnswerError(translate("evaluation", "开始日期在结束之后，请改日期"))
    if not frame:
        raise AnswerError(translate("evaluation", "这段时间没有结案的工单，请改日期或街道"))
    return Draw(
        frame=frames.written(frame),
        seed=answers.get("seed", "").strip(),
        size=int(size),
        start=start,
        end=end,
        area=area_of(answers),
    )


def redrawn(check: SpotCheck, here: Sequence[TicketId]) -> str:
    """The draw repeated from the recorded frame and seed, and the frame repeated from this machine's cache."""
    translate = QCoreApplication.translate
    frame = frames.read(check.frame)
    same_frame = frames.digest(frame) == check.frame_digest
    same = same_frame and frames.draw(frame, check.seed, len(check.drawn)) == check.drawn
    first = (
        translate("evaluation", "按记录的总体和种子重抽，结果一致。")
        if same
        else translate("evaluation", "按记录重抽，结果不一致：请报告考核员。")
    )
    recorded, found = set(frame), set(here)
    words = {"gone": len(recorded - found), "more": len(found - recorded)}
    if not words["gone"] and not words["more"]:
        return first + translate("evaluation", "本机按同一条件得到同样的总体。")
    pattern = translate("evaluation", "本机按同一条件：少 {gone} 件（此后重开，或本席看不到），多 {more} 件。")
    return first + filled(pattern, words)


def spot_refusal(code: str, detail: Mapping[str, Any]) -> str:
    """Why a draw or a verdict was refused, and what to do."""
    translate = QCoreApplication.translate
    pattern = {
        "seed_required": translate("evaluation", "请填种子"),
        "bad_size": translate("evaluation", "抽多少件，请填 1 到 {most} 的整数"),
        "bad_frame": translate("evaluation", "总体为空或超过 {most} 件，请改日期或街道"),
        "bad_period": translate("evaluation", "日期不对，请改日期"),
        "not_closed": translate("evaluation", "抽中的 {ticket} 刚刚重开，请再抽一次"),
        "not_drawn": translate("evaluation", "{ticket} 不在这次抽查里"),
        "judged_already": translate("evaluation", "{ticket} 已判过"),
    }.get(code)
    return filled(pattern, detail) if pattern else reason_text(code, detail)
