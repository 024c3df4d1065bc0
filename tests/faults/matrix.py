"""The fault matrix as a table: which tests prove which fault, and how each injects it. Read by tests.faults.table.

A case names a test function (all its parameters) by path and name. Faults that other files already prove are named there and
not written again. `full` cases run with `liandong faults --full` only, because they are marked so.
"""

from dataclasses import dataclass

KILL = "process kill (SIGKILL)"
PAUSE = "process pause (SIGSTOP)"
PROXY = "proxy"
STRACE = "strace inject"
LIMIT = "RLIMIT_FSIZE"
IN_PROCESS = "in-process"

BACKEND = "tests/unit/backend"
DESK = "tests/unit/desktop/services"
SERVER = "tests/faults/test_server_faults.py"
COMMAND = "tests/faults/test_command_faults.py"
SEAT = "tests/faults/test_desk_faults.py"
STREAM = "tests/flow/test_stream_faults.py"
PEERS = "tests/faults/test_database_faults.py"
HALL = "tests/qt/app"


@dataclass(frozen=True)
class Case:
    test: str
    how: str

    def matches(self, node_id: str) -> bool:
        return node_id == self.test or node_id.startswith(self.test + "[")


@dataclass(frozen=True)
class Fault:
    number: str
    what: str
    cases: tuple[Case, ...]


def case(path: str, test: str, how: str) -> Case:
    return Case(f"{path}::{test}", how)


MATRIX: tuple[Fault, ...] = (
    Fault(
        "F1",
        "server kill -9",
        (
            case(SERVER, "test_f1_kill_the_server_under_load", KILL),
            case(SERVER, "test_f1_kill_the_server_ten_times", KILL),
            case(f"{BACKEND}/test_kill.py", "test_nothing_acknowledged_is_lost_or_doubled", KILL),
            case("tests/faults/test_nemesis.py", "test_a_short_fight", f"nemesis: {KILL}, {PAUSE}, {PROXY}"),
            case("tests/faults/test_nemesis.py", "test_a_long_fight", f"nemesis: {KILL}, {PAUSE}, {PROXY}"),
        ),
    ),
    Fault(
        "F2", "one of two nodes killed or paused", (case(PEERS, "test_f2_one_of_two_nodes_goes", f"{KILL}, {PAUSE}"),)
    ),
    Fault("F3", "database killed or restarted", (case(PEERS, "test_f3_the_database_goes_and_comes_back", KILL),)),
    Fault(
        "F4",
        "client kill -9",
        (
            case(SEAT, "test_f4_a_desk_killed_at_any_moment_keeps_what_it_stored", KILL),
            case(SEAT, "test_f4_a_desk_killed_sixty_times_keeps_what_it_stored", KILL),
            case(f"{DESK}/test_kill.py", "test_kill_leaves_the_old_or_the_new", KILL),
            case(f"{DESK}/test_kill.py", "test_many_kills_leave_the_old_or_the_new", KILL),
        ),
    ),
    Fault(
        "F5",
        "stalled client",
        (
            case(SEAT, "test_f5_a_stopped_desk_is_dropped_costs_no_memory_and_resumes", PAUSE),
            case(STREAM, "test_a_client_that_stops_reading_is_cut_and_the_others_do_not_notice", IN_PROCESS),
            case(STREAM, "test_a_client_that_stops_reading_its_snapshot_is_cut_after_the_send_timeout", IN_PROCESS),
        ),
    ),
    Fault(
        "F6",
        "stalled server",
        (case(SERVER, "test_f6_a_paused_server_is_seen_as_stale_and_commands_are_kept", PAUSE),),
    ),
    Fault(
        "F7",
        "cut at every byte",
        (
            case(STREAM, "test_cut_at_any_byte_of_the_first_contact", f"{PROXY} cut_after"),
            case(STREAM, "test_cut_at_any_byte_of_a_catch_up", f"{PROXY} cut_after"),
            case(COMMAND, "test_f7_a_command_or_its_answer_cut_at_many_bytes_has_one_effect", f"{PROXY} cut_after"),
            case(COMMAND, "test_f7_a_command_or_its_answer_cut_at_any_byte_has_one_effect", f"{PROXY} cut_after"),
        ),
    ),
    Fault(
        "F8",
        "silent loss",
        (case(SERVER, "test_f8_f9_silence_in_one_or_both_directions_is_noticed_and_heals", f"{PROXY} stall"),),
    ),
    Fault(
        "F9",
        "one-way loss",
        (case(SERVER, "test_f8_f9_silence_in_one_or_both_directions_is_noticed_and_heals", f"{PROXY} stall one way"),),
    ),
    Fault(
        "F10",
        "bad line",
        (
            case(STREAM, "test_a_thin_line_in_slices_is_no_reason_to_be_dropped", f"{PROXY} bandwidth, slices"),
            case(SERVER, "test_f10_a_snapshot_over_a_bad_line", f"{PROXY} 400±200 ms, 64 kB/s"),
        ),
    ),
    Fault(
        "F11",
        "duplicate sends",
        (
            case(
                COMMAND, "test_f11_one_command_ten_times_on_two_connections_has_one_effect", "ten copies, two sockets"
            ),
            case(
                f"{BACKEND}/test_commands.py",
                "test_ten_copies_in_one_group_have_one_effect_and_equal_answers",
                IN_PROCESS,
            ),
            case(PEERS, "test_f11_one_command_at_two_nodes_at_once_has_one_effect", "ten copies, two nodes"),
        ),
    ),
    Fault(
        "F12",
        "race of fifty",
        (
            case(COMMAND, "test_f12_fifty_dispatch_one_ticket_at_once_and_one_wins", "50 sockets"),
            case(f"{BACKEND}/test_commands.py", "test_fifty_dispatch_at_once_and_one_wins", IN_PROCESS),
        ),
    ),
    Fault(
        "F13",
        "reconnect storm",
        (
            case(STREAM, "test_a_server_that_comes_back_is_resumed_by_everybody", "server restart, 40 clients"),
            case("tests/faults/test_storm.py", "test_f13_a_hundred_desks_come_back_at_once", f"{KILL}, 100 clients"),
            case("tests/faults/test_storm.py", "test_f13_five_hundred_desks_come_back_at_once", f"{KILL}, 500 clients"),
        ),
    ),
    Fault(
        "F14",
        "server disk full",
        (
            case(SERVER, "test_f14_a_full_disk_refuses_for_now_and_heals_without_a_restart", LIMIT),
            case(f"{BACKEND}/test_group_commit.py", "test_a_full_disk_loses_nothing_and_heals", "page limit"),
        ),
    ),
    Fault(
        "F15",
        "fsync fails or is slow",
        (
            case(COMMAND, "test_f15_a_failed_fsync_acknowledges_nothing_and_a_restart_recovers", STRACE),
            case(COMMAND, "test_f15_a_slow_fsync_slows_answers_and_not_the_stream", STRACE),
            case("tests/faults/test_disk_words.py", "test_f15_a_commit_that_fails_acknowledges_nothing", IN_PROCESS),
        ),
    ),
    Fault(
        "F16",
        "power loss",
        (case(COMMAND, "test_f16_every_answer_leaves_after_its_fdatasync", "strace order check, no power cut"),),
    ),
    Fault(
        "F17",
        "client disk full",
        (
            case(SEAT, "test_f17_a_full_disk_at_the_desk_refuses_commands_and_shows_on", LIMIT),
            case(f"{DESK}/test_outbox.py", "test_a_full_disk_refuses_and_nothing_pretends_to_wait", "page limit"),
            case(f"{DESK}/test_desk_cache.py", "test_a_full_disk_at_a_snapshot_names_itself", IN_PROCESS),
        ),
    ),
    Fault(
        "F18",
        "cache corrupt",
        (
            case(f"{DESK}/test_desk_cache.py", "test_a_damaged_cache_is_put_aside_and_rebuilt", "file damage"),
            case(
                f"{DESK}/test_desk_cache.py", "test_random_damage_never_reaches_a_window", "1 to 200 random flips, cuts"
            ),
            case(
                f"{DESK}/test_link.py",
                "test_a_lost_cache_is_filled_again_while_the_rows_stay",
                "file damage while open",
            ),
        ),
    ),
    Fault(
        "F19",
        "outbox corrupt",
        (
            case(
                f"{DESK}/test_outbox.py",
                "test_readable_rows_of_a_damaged_outbox_are_saved_and_the_rest_counted",
                "file damage",
            ),
            case(f"{DESK}/test_outbox.py", "test_an_outbox_that_is_no_database_is_kept_and_reported", "file damage"),
            case(f"{DESK}/test_outbox.py", "test_random_damage_never_stops_the_desk", "random flips"),
        ),
    ),
    Fault(
        "F20",
        "server restored from an old backup",
        (
            case(
                SERVER,
                "test_f20_an_old_backup_is_refused_then_begins_a_new_epoch_and_desks_reset",
                "file swapped while stopped",
            ),
            case(f"{BACKEND}/test_verify.py", "test_a_fork_at_the_same_seq_is_not_served", IN_PROCESS),
        ),
    ),
    Fault(
        "F21",
        "clock jumps",
        (
            case(
                SEAT, "test_f21_a_wrong_clock_at_the_desk_moves_no_countdown_and_no_order", "injected clock ±1 h, ±1 y"
            ),
            case(f"{BACKEND}/test_clock.py", "test_a_clock_that_is_set_moves_nothing_but_is_noticed", "injected clock"),
            case(f"{BACKEND}/test_commands.py", "test_people_go_on_when_the_clock_was_set_back", "injected clock"),
            case("tests/model/test_sync_model.py", "TestSync::runTest", "injected clocks, model"),
        ),
    ),
    Fault(
        "F22",
        "malformed frames",
        (
            case(STREAM, "test_malformed_frames_close_their_connection_only", "raw socket"),
            case(STREAM, "test_half_a_handshake_does_not_stay", "raw socket"),
        ),
    ),
    Fault(
        "F23",
        "hostile JSON",
        (
            case(COMMAND, "test_f23_hostile_frames_are_answered_or_closed_and_change_nothing", "live socket"),
            case("tests/unit/protocol/test_codec.py", "test_hostile_text_is_refused_with_a_code", IN_PROCESS),
            case(
                "tests/unit/protocol/test_codec.py",
                "test_no_json_object_gets_past_with_anything_but_a_protocol_error",
                "Hypothesis",
            ),
        ),
    ),
    Fault(
        "F29",
        "tickets moving scopes",
        (
            case(SEAT, "test_f29_what_moved_away_is_never_sent_and_leaves_no_byte", f"random moves, canaries, {KILL}"),
            case("tests/flow/test_stream.py", "test_moves_are_the_same_when_read_back_from_the_log", IN_PROCESS),
        ),
    ),
    Fault(
        "F30",
        "NOTIFY lost",
        (case(PEERS, "test_f30_without_notify_the_poll_brings_everything", "LISTEN backend ended"),),
    ),
    Fault(
        "F31",
        "lock held",
        (
            case(PEERS, "test_f31_a_held_head_row_is_busy_and_an_old_transaction_is_not", "foreign transaction"),
            case(
                f"{BACKEND}/test_group_commit.py",
                "test_a_foreign_lock_is_busy_and_ends_with_it",
                "foreign transaction, SQLite",
            ),
        ),
    ),
    Fault(
        "F32",
        "version skew",
        (
            case("tests/wire/test_recorded.py", "test_what_a_desk_of_version_1_says_is_understood", "recorded frames"),
            case("tests/wire/test_recorded.py", "test_fields_of_a_newer_server_are_ignored", "recorded frames"),
            case(
                "tests/unit/protocol/test_server_session.py", "test_no_common_version_closes_and_says_which", IN_PROCESS
            ),
            case(
                f"{DESK}/test_services_online.py",
                "test_what_the_desk_cannot_fold_is_asked_for",
                "event of a newer server",
            ),
            case(f"{DESK}/test_link.py", "test_another_version_stops_at_once_and_says_so", "close 4406"),
            case(
                f"{DESK}/test_desk_cache.py", "test_a_damaged_cache_is_put_aside_and_rebuilt", "cache of another layout"
            ),
        ),
    ),
    Fault(
        "F33",
        "UI freeze",
        (
            case(
                f"{HALL}/test_hooks.py",
                "test_f33_standing_still_or_dying_leaves_stacks_and_a_sentence_and_is_started_again",
                "endless loop, sleep, SIGSEGV",
            ),
            case(f"{HALL}/test_hooks.py", "test_f33_the_real_windows_stopped_from_outside_are_started_again", PAUSE),
            case(
                "tests/unit/cli/test_supervisor.py",
                "test_after_three_restarts_comes_safe_mode_and_then_the_end",
                "exit",
            ),
        ),
    ),
    Fault(
        "F34",
        "screen unplugged, scale",
        (
            case(f"{HALL}/test_screens.py", "test_unplugged_and_plugged_in_again", "RandR monitors of Xvfb"),
            case(f"{HALL}/test_screens.py", "test_another_resolution_keeps_every_window_on_its_screen", "RandR, Xvfb"),
            case(f"{HALL}/test_screens.py", "test_a_layout_on_six_screens_comes_back_exactly", "QT_SCALE_FACTOR"),
            case(
                f"{HALL}/test_screens.py", "test_one_to_twelve_screens_of_mixed_scale_keep_their_windows", "offscreen"
            ),
        ),
    ),
    Fault(
        "F35",
        "sleep and wake",
        (
            case(
                f"{DESK}/test_link.py",
                "test_f35_a_machine_that_slept_seeks_the_server_at_once_and_goes_on_where_it_stood",
                "injected gap between clocks",
            ),
            case(f"{DESK}/test_link.py", "test_a_gap_between_two_looks_is_a_wake_up", "injected gap"),
        ),
    ),
    Fault(
        "F36",
        "second start, stale lock",
        (
            case(f"{HALL}/test_single.py", "test_a_second_start_raises_the_first_and_gives_way", "two starts"),
            case(f"{HALL}/test_single.py", "test_a_lock_left_by_a_killed_program_is_no_obstacle", KILL),
        ),
    ),
    Fault(
        "F37",
        "leak soak",
        (case(f"{HALL}/test_windows_close.py", "test_a_closed_window_is_gone_with_all_its_parts", "open and close"),),
    ),
)


def paths(only: frozenset[str] = frozenset()) -> list[str]:
    """Every test file of the matrix, each once, in order."""
    faults = [fault for fault in MATRIX if not only or fault.number in only]
    return list(dict.fromkeys(case.test.split("::")[0] for fault in faults for case in fault.cases))
