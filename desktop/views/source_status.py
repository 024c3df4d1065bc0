"""Where the data of the hall come from, each with its own freshness, for the status bar (screens.md §2).

The intake sources are those whose silence the site has a rule for; the same limits decide here and for the alarm. When each last
reported comes with the figures (`Overview.heard`), so that it is as old as they are. The video platform is as good as its cameras.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.services.values import Fresh
from desktop.views.site_time import SiteTime
from desktop.views.words import filled, source_word
from desktop.widgets.painting import format_age
from desktop.widgets.status_bar import StatusSource
from desktop.widgets.values import Freshness
from domain import cameras
from domain.alarms.causes import listens, past_limit
from domain.alarms.rules import TOPIC as RULES_TOPIC
from domain.alarms.rules import AlarmRule, AlarmRules, enabled
from domain.alarms.words import Trigger
from domain.cameras import CameraList, HealthList, Reach
from domain.kpi_types import Overview
from domain.vocabulary import Source
from protocol.reference import OVERVIEW_TOPIC

if TYPE_CHECKING:
    from desktop.bridge import Bridge

translate = QCoreApplication.translate


def status_sources(bridge: Bridge, site: SiteTime) -> list[StatusSource]:
    """联动服务, the intake sources, 视频平台, 指标: those of which anything is known here."""
    now = bridge.clock.now_business()
    link = site.freshness(bridge.freshness.of(), now)
    found = [StatusSource(translate("sources", "联动服务"), link), *_intake(bridge, site, now)]
    video = _video(bridge, site, now)
    if video is not None:
        found.append(video)
    figures = site.freshness(bridge.freshness.of(OVERVIEW_TOPIC), now)
    if figures.state != Fresh.NEVER:
        found.append(StatusSource(translate("sources", "指标"), figures))
    return found


# -- intake ---------------------------------------------------------------------------------------


def _intake(bridge: Bridge, site: SiteTime, now: datetime) -> list[StatusSource]:
    rules, topic = bridge.topics.get(RULES_TOPIC), bridge.topics.get(OVERVIEW_TOPIC)
    if rules is None or topic is None or not isinstance(rules.value, AlarmRules):
        return []
    overview: Overview = topic.value
    if overview.heard is None:
        return []  # a server that does not tell: nobody here knows, so nothing is said
    by_source: dict[Source, list[AlarmRule]] = {}
    for rule in enabled(rules.value, (Trigger.FEED_SILENT,)):
        for source in rule.sources:
            by_source.setdefault(source, []).append(rule)
    news = bridge.freshness.of(OVERVIEW_TOPIC).state
    return [
        _source(source, its_rules, overview.heard.get(source), news, site, now)
        for source, its_rules in by_source.items()
    ]


def _source(
    source: Source, rules: list[AlarmRule], last: datetime | None, news: Fresh, site: SiteTime, now: datetime
) -> StatusSource:
    name = source_word(source.value)
    if last is None:
        unheard = Freshness(state=Fresh.NEVER, detail=translate("sources", "未收到数据"))
        words = {"source": name}
        return StatusSource(name, unheard, filled(translate("sources", "{source}：没有收到过工单"), words))
    age_s = max(0.0, (now - last).total_seconds())
    state = news
    if news is Fresh.LIVE and any(listens(rule, now, site.zone) and past_limit(rule, last, now) for rule in rules):
        state = Fresh.STALE
    ago = filled(translate("sources", "{age}前"), {"age": format_age(age_s)})
    shown = Freshness(state=state, as_of=site.stamp(last, now), age_s=age_s, detail=ago)
    told = {"source": name, "time": shown.as_of}
    limits = [
        filled(
            translate("sources", "{begin}–{end} 超过 {minutes} 分钟没有新工单即告警（{rule}）"),
            {
                "begin": rule.hours[0],
                "end": rule.hours[1],
                "minutes": round(rule.silent_minutes),
                "rule": rule.id,
            },
        )
        for rule in rules
    ]
    return StatusSource(
        name, shown, "\n".join((filled(translate("sources", "{source}：最近一件 {time} 上报"), told), *limits))
    )


# -- video ----------------------------------------------------------------------------------------


def _video(bridge: Bridge, site: SiteTime, now: datetime) -> StatusSource | None:
    topic, told = bridge.topics.get(cameras.TOPIC), bridge.topics.get(cameras.HEALTH_TOPIC)
    if topic is None:
        return None
    register: CameraList = topic.value
    health: HealthList = told.value if told is not None else HealthList()
    name = translate("sources", "视频平台")
    total = len(register.cameras)
    if not total:
        return StatusSource(
            name,
            Freshness(state=Fresh.NEVER, detail=translate("sources", "没有登记视频")),
            translate("sources", "视频平台：没有登记视频。请管理员导入点位表。"),
        )
    reached = [found.reach for one in register.cameras if (found := health.health.get(one.id)) is not None]
    up, down = reached.count(Reach.UP), reached.count(Reach.DOWN)
    words = {"n": up, "total": total, "down": down, "unknown": total - up - down}
    detail = filled(translate("sources", "{n} / {total} 路在线"), words)
    state = bridge.freshness.of(cameras.TOPIC).state
    if state is Fresh.LIVE and not up:
        state = Fresh.OFFLINE if down else Fresh.NEVER
        detail = detail if down else translate("sources", "尚未检测")
    link = site.freshness(bridge.freshness.of(cameras.TOPIC), now)
    tip = translate("sources", "视频平台：共 {total} 路，在线 {n}，断开 {down}，未检测 {unknown}")
    return StatusSource(
        name, Freshness(state=state, as_of=link.as_of, age_s=link.age_s, detail=detail), filled(tip, words)
    )
