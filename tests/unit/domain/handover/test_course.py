"""The way of a handover: begun, drafted, edited, read back, signed by two; and why each step is refused."""

import json
from datetime import date, timedelta
from hashlib import sha256

import pytest

from domain.documents import BlobRef
from domain.handover import commands
from domain.handover.canonical import record_bytes, record_hash, report_bytes, report_hash
from domain.handover.values import digest
from domain.handover.words import CheckName, HandoverState, ItemRule, Severity
from domain.vocabulary import Role
from tests.unit.domain.handover.cases import (
    END,
    GIVER,
    LATE,
    LATER,
    NOW,
    REST,
    SYSTEM,
    TAKER,
    TOP,
    begin,
    code,
    drafted,
    fill,
    items,
    person,
    read_back,
    sign_in,
    sign_out,
    signed,
    step,
)

PAPER = BlobRef("a" * 64, 10, "application/pdf")


def test_two_people_sign_and_then_nothing_changes_any_more() -> None:
    handover = signed()
    assert handover.state is HandoverState.SIGNED
    assert not handover.is_open
    assert handover.signed_out is not None
    assert handover.signed_in is not None
    assert handover.signed_out.by.mark != handover.signed_in.by.mark
    for command in (
        commands.Edit(item=TOP, summary="x"),
        commands.Remove(item=TOP, text="x"),
        fill(),
        commands.Redraft(),
    ):
        who = SYSTEM if isinstance(command, commands.Fill) else GIVER
        assert code(handover, command, who) == "signed"
    kept = step(handover, commands.Attach(papers=(PAPER,)), TAKER)
    assert kept.papers == (PAPER,)
    assert code(kept, commands.Attach(papers=(PAPER,)), TAKER) == "has_papers"
    # The digests in the log are those of what stands there, for ever.
    assert report_hash(kept) == handover.signed_in.sha256
    assert record_hash(kept) == handover.record


def test_both_sign_the_same_content_under_one_digest() -> None:
    handover = read_back(sign_out(drafted()))
    assert handover.signed_out is not None
    # What was said in between changes the record, never the report that both put their name to.
    assert report_bytes(handover) == report_bytes(drafted())
    assert record_bytes(handover) != record_bytes(drafted())
    done = signed()
    assert done.signed_out is not None
    assert done.signed_in is not None
    assert done.signed_out.sha256 == done.signed_in.sha256 == sha256(report_bytes(done)).hexdigest()
    assert done.signed_out.version == done.signed_in.version == done.report


def test_a_receiver_who_signs_something_else_than_the_giver_did_or_has_not_seen_the_last_word_is_refused() -> None:
    handover = read_back(sign_out(drafted()))
    other = commands.SignIn(sha256=record_hash(handover), record=record_hash(handover))
    assert code(handover, other, TAKER) == "changed"
    seen = sign_in(handover)
    later = step(handover, commands.DoCheck(name=CheckName.LEADER, text="已告知"), TAKER)
    assert code(later, seen, TAKER) == "changed"


def test_a_change_after_the_first_signature_voids_it() -> None:
    handover = sign_out(drafted())
    changed = step(handover, commands.Edit(item=TOP, summary="水位回落"), GIVER)
    assert (changed.state, changed.signed_out, changed.voided) == (HandoverState.OPEN, None, 1)
    assert changed.report == handover.report + 1
    assert code(changed, sign_in(changed), TAKER) == "not_signed_out"


def test_a_read_back_after_the_first_signature_voids_nothing() -> None:
    handover = read_back(sign_out(drafted()))
    assert handover.state is HandoverState.SIGNED_OUT
    assert handover.voided == 0


def test_who_signs_an_old_version_is_refused() -> None:
    handover = drafted()
    old = report_hash(handover)
    changed = step(handover, commands.Add(severity=Severity.WATCH, summary="路面结冰"), GIVER)
    assert code(changed, commands.SignOut(sha256=old), GIVER) == "changed"


@pytest.mark.parametrize(
    ("missing", "expected"),
    [("read_back", "read_back_open"), ("agree", "not_agreed"), ("question", "question_open"), ("check", "checks_open")],
)
def test_the_receiver_signs_only_when_everything_is_said_agreed_answered_and_checked(
    missing: str, expected: str
) -> None:
    handover = read_back(sign_out(drafted()))
    if missing == "read_back":
        handover = step(
            step(handover, commands.Ask(item=TOP, text="几点？"), TAKER),
            commands.AnswerQuestion(item=TOP, text="八点"),
            GIVER,
        )
    elif missing == "agree":
        handover = step(handover, commands.GiveReadBack(item=TOP, text="另说一遍"), TAKER)
    elif missing == "question":
        handover = step(handover, commands.Ask(item=TOP, text="几点？"), TAKER)
    else:
        handover = step(handover, commands.DoCheck(name=CheckName.LEADER, done=False), TAKER)
    assert code(handover, sign_in(handover), TAKER) == expected


def test_one_person_cannot_be_both_sides() -> None:
    handover = sign_out(drafted())
    assert code(handover, commands.GiveReadBack(item=TOP, text="我说"), GIVER) == "own_read_back"
    assert code(handover, commands.Ask(item=TOP, text="？"), GIVER) == "own_read_back"
    assert code(read_back(handover), sign_in(read_back(handover)), GIVER) == "same_person"
    said = step(handover, commands.GiveReadBack(item=TOP, text="我说"), TAKER)
    assert code(said, commands.Agree(item=TOP), TAKER) == "same_person"
    asked = step(handover, commands.Ask(item=TOP, text="几点？"), TAKER)
    assert code(asked, commands.AnswerQuestion(item=TOP, text="八点"), TAKER) == "same_person"
    # Who has read back takes the shift: he cannot give it too.
    early = step(drafted(), commands.GiveReadBack(item=TOP, text="我说"), TAKER)
    assert code(early, commands.SignOut(sha256=report_hash(early)), TAKER) == "same_person"


def test_the_receiver_says_it_in_own_words() -> None:
    handover = step(drafted(), commands.Edit(item=TOP, summary="水位 12 厘米"), GIVER)
    assert code(handover, commands.GiveReadBack(item=TOP, seen=1, text=" 水位 12 厘米 "), TAKER) == "own_words"
    assert code(handover, commands.GiveReadBack(item=TOP, seen=0, text="十二厘米"), TAKER) == "changed"
    assert code(handover, commands.GiveReadBack(item=REST, text="十二件"), TAKER) == "not_read_back"
    assert code(handover, commands.GiveReadBack(item=TOP, seen=1, text=" "), TAKER) == "text_required"


def test_a_removed_item_stays_listed_with_who_removed_it_and_can_come_back() -> None:
    gone = step(drafted(), commands.Remove(item=LATE, text="已当面办结"), GIVER)
    removed = gone.items[LATE].removed
    assert removed is not None
    assert (removed.who.role, removed.at) == (Role.SHIFT_LEADER, NOW)
    assert gone.items[LATE].texts["removed"] == digest("已当面办结")
    assert LATE not in {item.id for item in gone.to_read_back()}
    assert code(gone, commands.Remove(item=LATE, text="x"), GIVER) == "removed"
    back = step(gone, commands.Restore(item=LATE), GIVER)
    assert back.items[LATE].removed is None
    assert code(back, commands.Restore(item=LATE), GIVER) == "not_removed"


def test_a_new_draft_keeps_what_people_wrote_and_lists_what_is_gone_as_removed_by_the_system() -> None:
    handover = step(drafted(), commands.Edit(item=TOP, severity=Severity.WATCH, summary="已有两台泵车"), GIVER)
    handover = step(handover, commands.Add(severity=Severity.WATCH, summary="钥匙三把"), GIVER)
    asked = step(handover, commands.Redraft(), GIVER)
    assert asked.asked_at == NOW
    top, _, rest = items(rest=15)
    after = step(asked, fill(top, rest, seq=200, accepted=5), SYSTEM)
    assert after.asked_at is None
    assert after.items[TOP].severity is Severity.WATCH
    assert after.items[TOP].texts["summary"] == digest("已有两台泵车")
    gone = after.items[LATE].removed
    assert gone is not None
    assert (gone.who.role, gone.mark) == (Role.SYSTEM, "")
    assert after.items["n:1"].rule is ItemRule.ADDED
    assert after.items["n:1"].removed is None
    assert after.items[REST].count == 15
    again = step(step(after, commands.Redraft(), GIVER), fill(seq=300), SYSTEM)
    assert again.items[LATE].removed is None


def test_an_item_somebody_removed_stays_removed_in_a_new_draft() -> None:
    gone = step(drafted(), commands.Remove(item=LATE, text="已当面办结"), GIVER)
    after = step(step(gone, commands.Redraft(), GIVER), fill(seq=200), SYSTEM)
    assert after.items[LATE].removed is not None


def test_a_new_draft_of_other_figures_voids_the_signature() -> None:
    handover = step(step(sign_out(drafted()), commands.Redraft(), GIVER), fill(seq=200, accepted=9), SYSTEM)
    assert handover.signed_out is None
    assert handover.voided == 1


def test_a_second_draft_that_nobody_asked_for_is_refused() -> None:
    assert code(sign_out(drafted()), fill(seq=200), SYSTEM) == "not_asked"


def test_late_is_thirty_minutes_after_the_shift_and_is_written_down_once() -> None:
    handover = sign_out(drafted())
    assert not handover.is_late(LATER - timedelta(seconds=1))
    assert handover.is_late(LATER)
    assert code(handover, commands.MarkLate(), SYSTEM, END) == "not_late"
    late = step(handover, commands.MarkLate(), SYSTEM, LATER)
    assert late.late_at == LATER
    assert code(late, commands.MarkLate(), SYSTEM, LATER) == "not_late"
    assert not signed().is_late(LATER)


def test_it_is_begun_for_a_shift_that_has_begun_and_not_long_after_its_end() -> None:
    assert code(None, commands.Begin(day=date(2018, 10, 9), code="day"), GIVER) == "not_begun"
    assert code(None, commands.Begin(day=date(2018, 10, 1), code="day"), GIVER) == "too_old"
    assert code(None, commands.Begin(day=date(2018, 10, 8), code="noon"), GIVER) == "unknown_shift"
    begun = step(None, begin(), GIVER)
    assert (begun.shift.ends_at, begun.shift.next_name) == (END, "白班")
    assert code(begun, commands.Edit(item=TOP, summary="x"), GIVER) == "not_drafted"


def test_only_the_system_drafts_and_only_people_sign() -> None:
    assert code(drafted(), fill(), GIVER) == "role"
    assert code(drafted(), commands.SignOut(sha256="x"), SYSTEM) == "role"
    assert code(drafted(), commands.Add(severity=Severity.WATCH, summary="x"), person("h", Role.HANDLER)) == "role"


def test_refusals_of_editing() -> None:
    handover = drafted()
    assert code(handover, commands.Edit(item="t:nobody", summary="x"), GIVER) == "unknown_item"
    assert code(handover, commands.Edit(item=TOP), GIVER) == "nothing"
    assert code(handover, commands.Edit(item=TOP, summary="x" * 501), GIVER) == "too_long"
    assert code(handover, commands.Edit(item=TOP, seen=3, summary="x"), GIVER) == "changed"
    assert code(handover, commands.Add(severity=Severity.WATCH, summary=" "), GIVER) == "text_required"
    assert code(handover, commands.Remove(item=TOP, text=""), GIVER) == "text_required"
    assert code(handover, commands.AnswerQuestion(item=TOP, text="x"), GIVER) == "no_question"
    assert code(handover, commands.Agree(item=TOP), GIVER) == "not_read_back"
    assert code(handover, commands.Attach(papers=(PAPER,)), GIVER) == "not_signed"
    assert code(sign_out(handover), commands.SignOut(sha256=report_hash(handover)), GIVER) == "signed_out"
    many = handover
    for _ in range(50):
        many = step(many, commands.Add(severity=Severity.STABLE, summary="x"), GIVER)
    assert code(many, commands.Add(severity=Severity.STABLE, summary="x"), GIVER) == "too_many"


def test_what_is_signed_is_canonical_and_its_bytes_never_change() -> None:
    handover = drafted()
    content = json.loads(report_bytes(handover))
    again = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert again == report_bytes(handover)
    # Written down once: another hash here is another format, and old signatures would no longer hold.
    assert report_hash(handover) == "7c99f38717089e6efc830679b42ba1a257c808a1da838538350be1954e5a38a5"
    assert report_bytes(signed()) != record_bytes(signed())
    assert record_hash(signed()) == record_hash(signed())
