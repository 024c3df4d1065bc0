"""Joint inspection, command by command: what each makes true, and each refusal that it owes."""

from datetime import date, timedelta

import pytest

from domain.documents import BlobRef
from domain.ids import TicketId, UnitId
from domain.inspection import commands
from domain.inspection.values import CheckItem, Premises
from domain.inspection.words import How, InspectionState, Measure, Result, Service, Severity
from domain.inspection.words import InspectionCode as Code
from domain.vocabulary import PartState
from tests.unit.domain.inspection.cases import (
    DEADLINE,
    END,
    FIRE,
    FOOD,
    LEAD,
    START,
    UNITS,
    Course,
    found,
    handler,
    notice,
    plan,
)

X1A, X2B, S1A = ("x1", "甲"), ("x2", "乙"), ("s1", "甲")
PHOTO = BlobRef("a" * 64, 1000, "image/jpeg")


# -- plan -------------------------------------------------------------------------------------------


def test_a_plan_asks_its_units_and_keeps_its_words_apart():
    course = Course()
    decision = course.do(plan())
    assert decision.private == {"purpose": "群众投诉无证经营、消防设施配备不到位", "meeting_point": "鹭洲岛北码头"}
    assert "群众投诉" not in course.events[0][1].decode()
    assert course.known.state is InspectionState.PLANNED
    assert [(part.unit, part.lead, part.due_at) for part in course.known.parts] == [
        (LEAD, True, END),
        (FIRE, False, END),
        (FOOD, False, END),
    ]
    assert course.known.totals() == {"ok": 0, "violation": 0, "not_applicable": 0, "open": 6}


ROW = CheckItem("x1", "消防", "灭火器", "", FIRE)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, Code.TITLE_REQUIRED),
        ({"title": "长" * 61}, Code.TOO_LONG),
        ({"ends_at": START}, Code.BAD_WINDOW),
        ({"area": "999999"}, Code.UNKNOWN_AREA),
        ({"lead": UnitId("nobody")}, Code.UNKNOWN_UNIT),
        ({"co_units": (FIRE, LEAD)}, Code.UNIT_TWICE),
        ({"tickets": (TicketId("180316-0001"),)}, Code.UNKNOWN_TICKET),
        ({"premises": ()}, Code.NO_PREMISES),
        ({"premises": (Premises("乙", "某店"),)}, Code.BAD_LETTER),
        ({"premises": tuple(Premises("甲", "某店") for _ in range(11))}, Code.TOO_MANY),
        ({"items": ()}, Code.NO_ITEMS),
        ({"items": (ROW, ROW)}, Code.ITEM_TWICE),
        ({"items": tuple(ROW for _ in range(201))}, Code.TOO_MANY),
        ({"items": (CheckItem("x1", "", "某项", "", UnitId("police")),)}, Code.NOBODY_CHECKS),
    ],
)
def test_a_bad_plan_is_refused_by_name(changes, code):
    assert Course().refused(plan(**changes)) == code


def test_a_unit_plans_only_what_it_leads():
    assert Course().refused(plan(), handler(FIRE)) == Code.NOT_LEAD
    Course().do(plan(), handler(LEAD))


def test_a_plan_can_be_made_anew_until_it_goes_out():
    course = Course()
    course.do(plan())
    words = {name: getattr(plan(), name) for name in commands.PlanWords.__struct_fields__}
    course.do(commands.Revise(**{**words, "title": "改名", "co_units": (FIRE, FOOD)}))
    assert (course.known.plan.title, course.known.version) == ("改名", 2)
    course.do(commands.Issue())
    assert course.refused(commands.Revise(**words)) == Code.STATE


def test_cancelling_needs_a_reason_and_ends_it():
    course = Course().issued()
    assert course.refused(commands.Cancel(text=" ")) == Code.REASON_REQUIRED
    course.do(commands.Cancel(text="暴雨红色预警"))
    assert not course.known.is_open
    assert course.refused(commands.CheckIn(unit=LEAD, how=How.CODE)) == Code.STATE


# -- check-in ---------------------------------------------------------------------------------------


def test_check_in_shows_how_and_how_late():
    course = Course().issued()
    course.do(commands.CheckIn(unit=LEAD, how=How.POSITION, metres=38), handler(LEAD))
    assert course.known.state is InspectionState.UNDER_WAY
    course.now = START + timedelta(seconds=70)
    course.do(commands.CheckIn(unit=FIRE, how=How.CODE, metres=5))
    lead, fire, food = course.known.parts
    assert (lead.metres, lead.late_s, lead.how) == (38, 0, How.POSITION)
    assert (fire.metres, fire.late_s, fire.how) == (None, 70, How.CODE)
    assert food.arrived_at is None


def test_nobody_checks_in_twice_or_for_another_unit():
    course = Course().issued()
    assert course.refused(commands.CheckIn(unit=FOOD, how=How.CODE), handler(FIRE)) == Code.NOT_YOUR_UNIT
    assert course.refused(commands.CheckIn(unit=UnitId("x"), how=How.CODE)) == Code.NOT_A_PART
    assert course.refused(commands.CheckIn(unit=FOOD, how=How.POSITION, metres=-1)) == Code.BAD_METRES
    course.do(commands.CheckIn(unit=FOOD, how=How.CODE))
    assert course.refused(commands.CheckIn(unit=FOOD, how=How.CODE)) == Code.ALREADY_CHECKED_IN


def test_what_was_done_without_a_line_counts_from_when_it_was_done():
    course = Course().issued()
    course.now = START + timedelta(hours=2)
    for bad in (START - timedelta(days=2), course.now + timedelta(seconds=1)):
        assert course.refused(commands.CheckIn(unit=FIRE, how=How.CODE, at=bad)) == Code.BAD_TIME
    course.do(commands.CheckIn(unit=FIRE, how=How.CODE, at=START - timedelta(seconds=1)), handler(FIRE))
    part = course.known.part(FIRE)
    assert (part.late_s, part.arrived_at) == (0, START - timedelta(seconds=1))
    course.now = END + timedelta(hours=1)
    for code in ("x1", "x2"):
        for letter in "甲乙":
            course.do(commands.Find(item=code, premises=letter, result=Result.OK, at=END - timedelta(minutes=1)))
    assert course.known.part(FIRE).reported_at == END - timedelta(minutes=1), "in time"


# -- findings ---------------------------------------------------------------------------------------


def test_a_unit_has_reported_with_its_last_cell_and_the_list_ends_with_the_last_of_all():
    course = Course().all_there()
    assert course.known.part(LEAD).state is PartState.REPORTED, "nothing is asked of it but to be there"
    cells = list(course.known.cells())
    for cell in cells[:4]:
        assert course.known.part(FIRE).state is PartState.ARRIVED
        course.do(found(*cell))
    assert course.known.part(FIRE).state is PartState.REPORTED
    assert course.known.state is InspectionState.UNDER_WAY
    for cell in cells[4:]:
        course.do(found(*cell))
    assert course.known.state is InspectionState.FINDINGS_IN
    assert sum(course.known.totals().values()) == len(cells) == 6


def test_a_finding_keeps_its_text_private_and_may_be_mended():
    course = Course().all_there()
    decision = course.do(found("x1", "甲", fails=True), handler(FIRE))
    assert decision.private == {"text": "后厨无灭火器", "demand": "配齐 4 具"}
    course.do(found("x1", "甲"))
    assert course.known.finding("x1", "甲").result is Result.OK
    assert course.known.totals()["ok"] == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"item": "q"}, Code.UNKNOWN_CELL),
        ({"premises": "丙"}, Code.UNKNOWN_CELL),
        ({"severity": None}, Code.SEVERITY_REQUIRED),
        ({"limit_days": 0}, Code.BAD_LIMIT),
        ({"result": Result.OK}, Code.SEVERITY_OF_OK),
        ({"photos": (PHOTO,) * 13}, Code.TOO_MANY),
        ({"text": "长" * 2001}, Code.TOO_LONG),
    ],
)
def test_a_bad_finding_is_refused_by_name(changes, code):
    words: dict = {"item": "x1", "premises": "甲", "result": Result.VIOLATION, "severity": Severity.GRAVE}
    assert Course().all_there().refused(commands.Find(**{**words, **changes})) == code


def test_who_is_not_there_finds_nothing():
    course = Course().issued()
    course.do(commands.CheckIn(unit=FIRE, how=How.CODE))
    assert course.refused(found(*S1A)) == Code.CHECK_IN_FIRST
    course.do(commands.CheckIn(unit=FOOD, how=How.CODE))
    assert course.refused(found(*X1A), handler(FOOD)) == Code.NOT_YOUR_UNIT


def test_photos_join_a_finding():
    course = Course().all_there()
    assert course.refused(commands.AddPhoto(item="x1", premises="甲", photo=PHOTO)) == Code.NO_FINDING
    course.do(found(*X1A))
    for _ in range(12):
        course.do(commands.AddPhoto(item="x1", premises="甲", photo=PHOTO))
    assert course.refused(commands.AddPhoto(item="x1", premises="甲", photo=PHOTO)) == Code.TOO_MANY


def test_the_lead_urges_and_goes_on_with_a_reason():
    course = Course().all_there()
    course.do(commands.Urge(unit=FIRE, text="请尽快"), handler(LEAD))
    assert course.known.part(FIRE).urged == 1
    assert course.refused(commands.Urge(unit=LEAD)) == Code.ALL_IN
    assert course.refused(commands.Urge(unit=FOOD), handler(FOOD)) == Code.NOT_LEAD
    assert course.refused(commands.EndFindings(text="")) == Code.REASON_REQUIRED
    course.do(commands.EndFindings(text="消防站出警"))
    assert course.known.open_with_reason == (FIRE, FOOD)
    assert course.known.state is InspectionState.FINDINGS_IN


def test_work_given_back_opens_its_cells_again():
    course = Course().all_found(X1A)
    back = commands.ReturnPart(unit=FIRE, cells=(X1A,), text="照片不清")
    assert course.refused(commands.ReturnPart(unit=FIRE, cells=(), text="照片不清")) == Code.NO_CELLS
    assert course.refused(commands.ReturnPart(unit=FIRE, cells=(S1A,), text="照片不清")) == Code.NOT_ITS_CELL
    assert course.refused(commands.ReturnPart(unit=FIRE, cells=(X1A,), text="")) == Code.REASON_REQUIRED
    assert course.refused(commands.ReturnPart(unit=LEAD, cells=(X1A,), text="x"), handler(LEAD)) == Code.OWN_PART
    course.do(back)
    assert course.known.state is InspectionState.UNDER_WAY
    assert (course.known.part(FIRE).state, course.known.part(FIRE).returns) == (PartState.RETURNED, 1)
    assert course.known.open_cells() == (X1A,)
    assert course.refused(back) == Code.PART_NOT_REPORTED
    course.do(found(*X1A))
    assert course.known.part(FIRE).state is PartState.REPORTED


# -- papers and re-check ----------------------------------------------------------------------------


def test_a_notice_has_a_number_its_cells_and_a_deadline():
    course = Course().all_found(X2B)
    decision = course.do(notice("乙", text="停业期间不得营业", measures=(Measure.RECTIFY, Measure.STOP)))
    (made,) = course.known.notices
    assert (made.no, made.cells, made.deadline) == ("2018-180316-0001-2", ("x2",), DEADLINE)
    assert decision.private == {"addressee": "临水民宿", "text": "停业期间不得营业"}
    assert course.refused(found(*X2B)) == Code.UNDER_NOTICE
    course.do(commands.ServeNotice(no=made.no, service=Service.IN_PERSON, receiver="店长", receipt=PHOTO))
    assert course.known.notices[0].receipt == PHOTO
    assert course.refused(commands.ServeNotice(no=made.no, service=Service.LEFT)) == Code.ALREADY_SERVED
    assert course.refused(notice("乙")) == Code.NOTICE_EXISTS


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"premises": "丁"}, Code.BAD_LETTER),
        ({"premises": "甲"}, Code.NO_VIOLATION),
        ({"measures": ()}, Code.NO_MEASURE),
        ({"addressee": " "}, Code.ADDRESSEE_REQUIRED),
        ({"deadline": date(2018, 3, 16)}, Code.BAD_DEADLINE),
    ],
)
def test_a_bad_notice_is_refused_by_name(changes, code):
    assert Course().all_found(X2B).refused(notice("乙", **changes)) == code


def test_a_notice_waits_for_all_cells_of_its_premises_only():
    course = Course().all_there()
    course.do(found(*X2B, fails=True))
    assert course.refused(notice("乙")) == Code.NOT_ALL_IN
    for cell in (("x1", "乙"), ("s1", "乙")):
        course.do(found(*cell))
    course.do(notice("乙"))
    assert course.known.state is InspectionState.UNDER_WAY, "the other premises goes on"


def test_the_re_check_needs_every_notice_and_a_day_after_the_deadline():
    course = Course().all_found(X1A, X2B)
    course.do(notice("甲"))
    assert course.refused(commands.SetRecheck(on=DEADLINE)) == Code.NOTICE_FIRST
    course.do(notice("乙"))
    assert course.refused(commands.SetRecheck(on=DEADLINE - timedelta(days=1))) == Code.BAD_DATE
    assert course.refused(commands.SetRecheck(on=DEADLINE, units=(UnitId("x"),))) == Code.NOT_A_PART
    course.do(commands.SetRecheck(on=DEADLINE))
    assert course.known.recheck_units == (FIRE,), "who found it sees it again"
    assert course.known.state is InspectionState.RECTIFYING


def test_what_is_not_in_order_is_seen_again():
    course = Course().rectifying(X1A, X2B)
    course.do(commands.Rectify(item="x1", premises="甲", photos=(PHOTO,)), handler(FIRE))
    assert course.refused(commands.Rectify(item="x1", premises="甲")) == Code.ALREADY_RECTIFIED
    assert course.refused(commands.Rectify(item="x2", premises="甲")) == Code.NOTHING_TO_RECHECK
    again = commands.RecordRecheck(
        premises="甲", failed=("x1",), next_on=DEADLINE + timedelta(days=9), text="仍缺 1 具"
    )
    assert course.refused(commands.RecordRecheck(premises="甲", failed=("x1",))) == Code.BAD_DATE
    assert course.refused(commands.RecordRecheck(premises="甲", failed=("x2",))) == Code.UNKNOWN_CELL
    course.do(again)
    found_again = course.known.finding("x1", "甲")
    assert (found_again.failed, found_again.rectified_at) == (1, None)
    assert course.known.recheck_on == DEADLINE + timedelta(days=9)
    course.do(commands.RecordRecheck(premises="甲"), handler(FIRE))
    assert course.known.state is InspectionState.RECTIFYING
    assert course.refused(commands.RecordRecheck(premises="乙"), handler(FOOD)) == Code.NOT_YOUR_UNIT
    course.do(commands.RecordRecheck(premises="乙"))
    assert course.known.state is InspectionState.RECHECKED
    assert course.known.to_recheck() == ()


def test_what_goes_to_the_enforcement_is_not_waited_for():
    course = Course().all_found(X2B)
    assert course.refused(commands.Close(text="完")) == Code.NOTICE_FIRST
    course.do(notice("乙", measures=(Measure.TRANSFER,)))
    assert course.refused(commands.SetRecheck(on=DEADLINE)) == Code.NOTHING_TO_RECHECK
    course.do(commands.Close(text="移送综合执法"))
    assert course.known.state is InspectionState.CLOSED


# -- scores and the end -----------------------------------------------------------------------------


def test_each_unit_is_scored_once_on_its_own_part():
    course = Course().issued()
    course.do(commands.CheckIn(unit=LEAD, how=How.CODE))
    course.do(commands.CheckIn(unit=FOOD, how=How.CODE))
    course.now = START + timedelta(seconds=61)
    course.do(commands.CheckIn(unit=FIRE, how=How.CODE))
    for code, letter in course.known.cells():
        if code == "s1":
            course.now = END + timedelta(minutes=1)
        course.do(found(code, letter))
    for unit in UNITS:
        course.do(commands.ScorePart(unit=unit, quality=16 if unit == LEAD else None))
    points = {part.unit: part.score for part in course.known.parts}
    assert points[LEAD].total == 96
    assert (points[FIRE].check_in, points[FIRE].total) == (16, 96)
    assert (points[FOOD].on_time, points[FOOD].total) == (0, 70)
    assert course.refused(commands.ScorePart(unit=FIRE)) == Code.SCORED_ALREADY


def test_no_score_before_a_part_is_in_and_none_for_oneself():
    course = Course().all_there()
    assert course.refused(commands.ScorePart(unit=FIRE)) == Code.PART_NOT_REPORTED
    assert course.refused(commands.ScorePart(unit=LEAD), handler(LEAD)) == Code.OWN_PART
    assert course.refused(commands.ScorePart(unit=LEAD, quality=21)) == Code.BAD_SCORE


def test_a_return_costs_quality():
    course = Course().all_found()
    course.do(commands.ReturnPart(unit=FIRE, cells=(X1A,), text="照片不清"))
    course.do(found(*X1A))
    assert course.refused(commands.ScorePart(unit=FIRE, quality=11)) == Code.BAD_SCORE
    course.do(commands.ScorePart(unit=FIRE))
    assert course.known.part(FIRE).score.quality == 10


def test_closing_with_an_open_unit_needs_a_reason_and_scores_it():
    course = Course().issued()
    course.do(commands.CheckIn(unit=FIRE, how=How.CODE))
    course.do(found(*X1A))
    assert course.refused(commands.Close(text="完成")) == Code.UNITS_OPEN
    course.do(commands.EndFindings(text="其余未到"))
    assert course.refused(commands.Close(text="")) == Code.SUMMARY_REQUIRED
    assert course.refused(commands.Close(text="完成")) == Code.UNITS_OPEN
    decision = course.do(commands.Close(text="完成", open_reason="食药所未派人"))
    assert decision.private == {"text": "完成", "open_reason": "食药所未派人"}
    assert course.known.open_with_reason == UNITS
    points = {part.unit: part.score.total for part in course.known.parts}
    assert points == {LEAD: 0, FIRE: 20 + 7.5, FOOD: 0}


def test_a_clean_inspection_closes_without_papers():
    course = Course().all_found()
    assert course.refused(commands.SetRecheck(on=DEADLINE)) == Code.NOTHING_TO_RECHECK
    course.do(commands.Close(text="未发现问题"))
    assert all(part.score.total == 100 for part in course.known.parts)
    assert course.known.open_with_reason == ()
