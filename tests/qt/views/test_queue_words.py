"""Every code that can reach a screen has words; every command can be asked for and made."""

import pytest
from msgspec.structs import replace

from desktop.models.names import Names
from desktop.models.ticket_filter import VIEW_BY_ID
from desktop.models.ticket_order import SORTS
from desktop.views.event_words import _plain, event_text
from desktop.views.queue.action_answers import AnswerError, command_of
from desktop.views.queue.action_forms import form_of
from desktop.views.queue.action_slots import SLOTS
from desktop.views.queue.command_line import SPOKEN, complete, parse
from desktop.views.queue.competence import competent_units
from desktop.views.refusal_words import reason_text
from desktop.views.site_time import SiteTime
from desktop.views.words import (
    age_word,
    clock_word,
    command_word,
    level_word,
    limit_text,
    part_word,
    pause_word,
    role_word,
    row_words,
    sort_word,
    source_word,
    state_word,
    view_word,
    who,
)
from domain import commands, events
from domain.actor import ActorRef
from domain.catalogue import Item
from domain.ids import SeatId, UnitId
from domain.lifecycle import MATRIX, Code
from domain.ticket import Limit, Request
from domain.vocabulary import (
    CheckResult,
    ClosingFlaw,
    Level,
    LimitType,
    Mediation,
    PartState,
    PauseReason,
    Role,
    Source,
    State,
    Verification,
)
from tests.qt.samples import NOW, make_reference, make_ticket

pytestmark = pytest.mark.usefixtures("qapp")
NAMES = Names.of(make_reference())
SITE = SiteTime()
TYPED_BY_PEOPLE = sorted(set(MATRIX) - {"report", "recalculate", "relocate", "set_parent"})


def chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


@pytest.mark.parametrize("code", list(Code))
def test_every_refusal_of_the_rules_has_a_reason(code):
    assert chinese(
        reason_text(str(code), {"state": "filed", "role": "wall", "limit": Limit(2, LimitType.WORKING_DAYS)})
    )


def test_an_unknown_refusal_is_shown_as_it_is():
    assert reason_text("of_a_newer_server") == "of_a_newer_server"


def test_details_fill_the_reason_with_words():
    assert reason_text("state", {"state": "filed"}) == "现为待派遣"
    assert reason_text("delay_too_long", {"limit": {"amount": 3, "type": "working_days"}}) == "超过原时限 3 个工作日"


@pytest.mark.parametrize("kind", commands.COMMAND_TYPES)
def test_every_command_has_a_verb(kind):
    assert chinese(command_word(commands.name_of(kind)))


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        (state_word, State),
        (role_word, Role),
        (level_word, Level),
        (part_word, PartState),
        (pause_word, PauseReason),
        (clock_word, ("ok", "at_risk", "overdue", "paused", "none", "ended")),
        (view_word, VIEW_BY_ID),
        (sort_word, SORTS),
    ],
)
def test_closed_lists_are_complete(word, codes):
    assert all(chinese(word(code)) for code in codes)


def test_rows_have_a_stage_word_for_every_state():
    assert set(row_words().stage) == set(State)


def test_sources_are_named():
    assert {source_word(source.value) for source in Source if source.value == source_word(source.value)} == set()


TOLD_BY_VALUES = frozenset(
    {
        "reported", "dispatched", "parts_changed", "result_reported", "requested", "merged", "relocated",
        "verification_recorded", "check_recorded", "closing_rejected", "closed", "resumed", "escalated", "called_back",
        "appeal_reviewed",
    }
)  # fmt: skip
PLAIN_EVENTS = [kind for kind in events.TicketEvent.__args__ if kind.__struct_config__.tag not in TOLD_BY_VALUES]


@pytest.mark.parametrize("kind", PLAIN_EVENTS)
def test_every_event_without_values_has_a_sentence(kind):
    required = {field for field in kind.__struct_fields__ if field not in kind.__struct_defaults__}
    assert chinese(_plain(kind(**dict.fromkeys(required))))


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (
            events.Reported(source=Source.PATROL, external_ref="1", area="a", item="i", item_version=1),
            "上报（网格巡查）",
        ),
        (events.ResultReported(resolved_level=Level.TOWN, stage=None), "反馈处理结果（街道级办理）"),
        (events.Requested(request=Request(kind="suspend", asked_at=NOW)), "申请挂账"),
        (events.Relocated(area="440310001001"), "位置改为 坪山街道 六联社区"),
        (events.VerificationRecorded(result=Verification.EXISTS), "核实属实"),
        (events.CheckRecorded(result=CheckResult.FAIL, stage=None), "核查未通过，返工"),
        (events.ClosingRejected(flaw=ClosingFlaw.TOO_THIN, stage=None), "退回整改：过简闭环"),
        (events.Resumed(by_itself=True, stage=None, business=None), "挂账期满，自动恢复"),
        (events.CalledBack(reached=False), "回访未接通"),
        (events.AppealReviewed(reviewer="x", grant=True), "申诉复核：同意"),
        (events.Merged(into="181009-0002"), "并入 181009-0002"),
        (events.Dispatched(lead="U01583", parts=(), stage=None), "派遣 城市管理局"),
        (events.Closed(on_time=False, resolved_level=Level.TOWN), "结案，超期"),
        (
            events.Closed(on_time=True, resolved_level=Level.TOWN, mediation=Mediation.SETTLED),
            "结案，按期（调解成功）",
        ),
        (events.Escalated(level=Level.DISTRICT, by_itself=True, stage=None), "超时自动升级到区"),
        (events.PartsChanged(what="check_in", unit="U01583", parts=()), "城市管理局 报到"),
        (events.Refused(referred_to="交警"), "不予受理，转 交警"),
    ],
)
def test_events_tell_their_values(event, sentence):
    assert event_text(event, NAMES) == sentence


def test_a_unit_that_acts_for_itself_is_not_named_twice():
    event = events.PartsChanged(what="report_part", unit="U01583", parts=())
    assert event_text(event, NAMES, by="U01583") == "协办反馈"


def test_free_text_follows_the_sentence():
    assert event_text(events.Returned(stage=None), NAMES, "不属本单位") == "回退：不属本单位"


@pytest.mark.parametrize("name", TYPED_BY_PEOPLE)
def test_every_command_can_be_asked_for_and_made(name):
    """The answers a form accepts make the command of that name; one without a form needs no answer."""
    ticket = make_ticket(1, unit=UnitId("U01583"))
    spec = form_of(name, ticket, NAMES, SITE, NOW)
    answers = {"unit": "U01583"}
    for field in spec.fields if spec else ():
        first = next((value for value, _ in field.options if value), "U01583")
        typed = {"amount": "3", "until": "2018-12-01", "into": "181009-0002"}.get(field.id, "reason")
        answers[field.id] = first if field.kind == "choice" else typed
    assert commands.name_of(command_of(name, answers, ticket, SITE)) == name


def test_only_the_closing_of_a_dispute_asks_how_it_ended():
    ticket = make_ticket(1)
    plain = form_of("close", ticket, NAMES, SITE, NOW)
    assert plain is not None
    assert [field.id for field in plain.fields] == ["text"]
    dispute = Item(code=ticket.item, class_name="治安维稳", sub_class_name="民间纠纷", name="邻里纠纷")
    spec = form_of("close", ticket, Names(items=(dispute,)), SITE, NOW)
    assert spec is not None
    field = spec.fields[0]
    assert [word for _, word in field.options] == ["未说明", "调解成功", "调解未成"]
    made = [command_of("close", {"settled": value, "text": "已签协议"}, ticket, SITE) for value, _ in field.options]
    assert [command.settled for command in made] == [None, True, False]


def test_an_amount_that_is_no_number_is_refused_in_words():
    with pytest.raises(AnswerError, match="数字"):
        command_of("request_delay", {"amount": "three", "text": "x"}, make_ticket(1), SITE)


def test_keys_are_given_once():
    keys = [key for key, _ in SLOTS]
    assert len(keys) == len(set(keys))
    assert not set(keys) & set("JKNFLW")


def test_limits_and_ages_are_read_as_people_say_them():
    assert limit_text(Limit(0.25, LimitType.URGENT_HOURS)) == "15 分钟"
    assert limit_text(Limit(2, LimitType.WORKING_HOURS)) == "2 工作时"
    assert [age_word(seconds) for seconds in (3, 40, 240, 7300, 200000)] == ["刚刚", "40 秒", "4 分", "2 时", "2 天"]


def test_actors_are_named_by_unit_or_seat_and_never_by_account():
    assert who(ActorRef(Role.SHIFT_LEADER, SeatId("1"))) == "1 席值班长"
    assert who(ActorRef(Role.HANDLER), "城市管理局") == "城市管理局"
    assert who(None) == "系统"


# -- the typed command -------------------------------------------------------------------------------


def test_verbs_complete_only_to_what_the_role_may_say():
    assert parse("/", NAMES, ("dispatch",)).choices == ("/派遣 ",)
    assert parse("/签", NAMES, ("dispatch",)).choices == ()


def test_the_unit_competent_for_the_item_is_proposed_first_and_it_says_why():
    ticket = replace(make_ticket(1), unit=None)
    known = make_reference().units
    wide, narrow = replace(known[-2], items=(ticket.item[:2],)), replace(known[-1], items=(ticket.item,))
    names = Names(units=(*known[:-2], wide, narrow))
    form = form_of("dispatch", ticket, names, SITE, NOW)
    lead = form.fields[0]
    assert [unit for unit, _ in lead.options[:2]] == [narrow.id, wide.id]
    assert lead.value == narrow.id
    assert form.hint.startswith(f"建议 {narrow.name}")
    spoken = parse("/派遣 ", names, SPOKEN, competent_units(names, ticket))
    assert complete("/派遣 ", spoken, 0) == f"/派遣 {narrow.name} "
    assert spoken.missing == "unit"
    assert "建议" not in form_of("dispatch", ticket, NAMES, SITE, NOW).hint


def test_an_exact_unit_wins_over_longer_names():
    spoken = parse("/派遣 城市管理局", NAMES, SPOKEN)
    assert spoken.unit.name == "城市管理局"
    assert spoken.missing == ""


def test_a_reason_that_is_needed_is_missing():
    assert parse("/回退", NAMES, SPOKEN).missing == "text"
    assert parse("/回退 不属本单位", NAMES, SPOKEN).missing == ""


def test_tab_goes_round():
    spoken = parse("/派遣 社区", NAMES, SPOKEN)
    first = complete("/派遣 社区", spoken, 0)
    assert complete("/派遣 社区", spoken, len(spoken.choices)) == first
    assert complete("/派遣 社区", spoken, 1) != first


@pytest.mark.parametrize(
    "code",
    [
        "version",
        "pruned",
        "no_version",
        "out_of_scope",
        "defect",
        "bad_frame",
        "in_future",
        "before_last_change",
        "no_import_right",
        "moved_out",
        "predecessor_failed",
        "predecessor_withdrawn",
        "gone",
        "ticket_unknown",
        "document_unknown",
        "offline_refused",
        "no_identity",
    ],
)
def test_codes_of_server_and_outbox_have_words(qapp, code):
    assert code not in reason_text(code)


def test_a_conflict_says_who_was_quicker(qapp):
    assert reason_text("version", {"by": {"role": "dispatcher", "seat": "A03"}}) == "A03 席派遣员已先改动"
    assert reason_text("version", {}) == "他人已先改动"
