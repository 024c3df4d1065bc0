"""Photos of a ticket: pairs of before and after, the others below; and the form that brings a new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from desktop.models.names import Names
from desktop.views.inspection.photos import PhotoLoader
from desktop.views.inspection.side_parts import Photo
from desktop.views.site_time import SiteTime
from desktop.views.words import filled
from desktop.widgets.inline_form import FormField
from domain.evidence import Evidence, Moment


def moment_word(moment: Moment) -> str:
    translate = QCoreApplication.translate
    return {
        Moment.BEFORE: translate("evidence", "处置前"),
        Moment.AFTER: translate("evidence", "处置后"),
        Moment.SITE: translate("evidence", "现场"),
    }[moment]


def photo_form() -> tuple[FormField, ...]:
    """Which side of the work, where the file lies, and a word on it."""
    translate = QCoreApplication.translate
    moments = tuple((moment.value, moment_word(moment)) for moment in Moment)
    return (
        FormField("moment", translate("evidence", "这是"), "choice", options=moments, value=Moment.AFTER.value),
        FormField("file", translate("evidence", "照片文件（jpg、png，8 兆以内；也可拖进窗口）")),
        FormField("text", translate("evidence", "说明"), "lines", required=False),
    )


def withdraw_form(evidence: Sequence[Evidence], names: Names, now: datetime, site: SiteTime) -> tuple[FormField, ...]:
    """Which photo, and why."""
    translate = QCoreApplication.translate
    options = tuple((one.id, _caption(one, names, now, site)) for one in evidence)
    return (
        FormField("photo", translate("evidence", "撤下哪张"), "choice", options=options),
        FormField("text", translate("evidence", "原因"), "lines"),
    )


def pairs(
    evidence: Sequence[Evidence], loader: PhotoLoader, names: Names, now: datetime, site: SiteTime
) -> tuple[Photo, ...]:
    """Before beside after, in the order they came; a missing side says so. Withdrawn ones are left out."""
    shown = sorted((one for one in evidence if not one.withdrawn), key=lambda one: (one.added_at, one.id))
    before = [one for one in shown if one.moment is Moment.BEFORE]
    after = [one for one in shown if one.moment is Moment.AFTER]
    site_only = [one for one in shown if one.moment is Moment.SITE]
    found: list[Photo] = []
    for left, right in zip_longest(before, after):
        for one, moment in ((left, Moment.BEFORE), (right, Moment.AFTER)):
            found.append(_missing(moment) if one is None else _photo(one, loader, names, now, site))
    return (*found, *(_photo(one, loader, names, now, site) for one in site_only))


def _missing(moment: Moment) -> Photo:
    pattern = QCoreApplication.translate("evidence", "没有{moment}照片")
    return Photo(moment_word(moment), None, filled(pattern, {"moment": moment_word(moment)}))


def _caption(one: Evidence, names: Names, now: datetime, site: SiteTime) -> str:
    translate = QCoreApplication.translate
    by = (
        names.unit(one.unit)
        if one.unit
        else filled(translate("evidence", "{seat} 席"), {"seat": one.seat})
        if one.seat
        else ""
    )
    return " · ".join(
        part for part in (moment_word(one.moment), site.stamp(one.taken_at or one.added_at, now), by) if part
    )


def _photo(one: Evidence, loader: PhotoLoader, names: Names, now: datetime, site: SiteTime) -> Photo:
    translate = QCoreApplication.translate
    caption = _caption(one, names, now, site)
    image = loader.get(one.photo)
    if isinstance(image, QImage):
        return Photo(caption, image)
    why = translate("evidence", "正在取图") if image == "loading" else translate("evidence", "取不到照片")
    return Photo(caption, None, why)


def photo_refusal(code: str) -> str:
    """Why a photo was not taken, and what to do."""
    translate = QCoreApplication.translate
    return {
        "bad_file": translate("evidence", "这不是照片，或超过 8 兆；请用 jpg 或 png，缩小后再试"),
        "bad_picture": translate("evidence", "这个文件打不开，不是完整的照片；请重新拍或另存为 jpg"),
        "too_many_pixels": translate("evidence", "照片超过 4000 万像素；请缩小后再试"),
        "not_a_picture": translate("evidence", "文件不是照片；扫描件请放在文书里"),
        "exists": translate("evidence", "这张照片已经在本单"),
        "unknown_blob": translate("evidence", "服务器没有收下这张照片，请重新选择"),
        "storage_full": translate("evidence", "本机磁盘已满，照片没有保存；请腾出空间再试"),
        "no_ticket": translate("evidence", "没有这张工单，或不在本席范围内"),
        "bad_time": translate("evidence", "拍摄时间在将来，请核对相机时钟"),
        "private_metadata": translate("evidence", "照片里带有拍摄地点等信息，服务器没有收；请重新选择这张照片"),
        "withdrawn_already": translate("evidence", "照片已撤下"),
        "not_yours": translate("evidence", "只有上传的席位和值班长可以撤下"),
    }.get(code, code)
