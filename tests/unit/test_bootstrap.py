"""The bootstrap: what it finds missing, where it puts the environment, when it is ready, and what it says when it fails."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import bootstrap
import run_checks
import system_packages

ROOT = Path(__file__).resolve().parents[2]


class FakeMachine(system_packages.Machine):
    """A machine that has everything except what the test takes away."""

    def __init__(self, lacks: set[str], screen: bool = False, apt: bool = False) -> None:
        self._lacks = lacks
        self._screen = screen
        self._apt = apt

    def has_library(self, name: str) -> bool:
        return name not in self._lacks

    has_program = has_module = has_file = has_library

    def has_screen(self) -> bool:
        return self._screen

    def may_use_apt(self) -> bool:
        return self._apt


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    (root / "tools").mkdir(parents=True)
    for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock", "tools/bootstrap.py"):
        (root / name).write_bytes((ROOT / name).read_bytes())
    return root


def environment(root: Path, for_tests: bool = False) -> bootstrap.Environment:
    return bootstrap.Environment(root, root / ".venv", for_tests)


def make_ready(env: bootstrap.Environment) -> None:
    env.python.parent.mkdir(parents=True)
    env.python.write_text("")
    env.write_stamps()


def test_nothing_is_ready_before_the_stamp(checkout: Path) -> None:
    env = environment(checkout)
    assert not env.is_ready()
    make_ready(env)
    assert env.is_ready()


def test_a_changed_lock_makes_the_environment_stale(checkout: Path) -> None:
    env = environment(checkout)
    make_ready(env)
    with (checkout / "requirements.lock").open("a") as lock:
        lock.write("# newer\n")
    assert not env.is_ready()


def test_the_test_environment_serves_the_program_but_not_the_other_way_round(checkout: Path) -> None:
    make_ready(environment(checkout))
    assert not environment(checkout, for_tests=True).is_ready()
    environment(checkout, for_tests=True).write_stamps()
    assert environment(checkout, for_tests=True).is_ready()
    assert environment(checkout).is_ready()


def test_a_moved_checkout_is_set_up_again(checkout: Path) -> None:
    make_ready(environment(checkout))
    moved = checkout.rename(checkout.with_name("moved"))
    assert not environment(moved).is_ready()


def test_a_vanished_python_is_set_up_again(checkout: Path) -> None:
    env = environment(checkout)
    make_ready(env)
    env.python.unlink()
    assert not env.is_ready()


def test_a_broken_environment_is_emptied_and_made_anew(checkout: Path) -> None:
    env = environment(checkout)
    (env.venv / "lib" / "half").mkdir(parents=True)
    env.python.parent.mkdir()
    env.python.symlink_to("/nonexistent/python")
    with env.locked():
        env.create()
        env.link_checkout()
    assert env.is_usable()
    assert not (env.venv / "lib" / "half").exists()
    probe = "import importlib.metadata as m, sys; print(m.version('liandong'), sys.argv[1] in sys.path)"
    answer = subprocess.run([env.python, "-c", probe, str(checkout)], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["0.1.0", "True"]


def test_a_package_that_no_lock_names_is_found(checkout: Path) -> None:
    env = environment(checkout)
    for name in ("numpy", "left_over"):
        (env.site / f"{name}-1.0.dist-info").mkdir(parents=True)
        (env.site / f"{name}-1.0.dist-info" / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
        )
    assert env.unlocked_packages() == ["left-over"]


def test_a_missing_qt_library_names_its_package() -> None:
    missing = system_packages.missing_packages({"qt"}, FakeMachine({"libEGL.so.1"}))
    assert missing.required == ["libegl1"]


def test_screen_libraries_are_required_only_with_a_screen() -> None:
    lacks = {"libxcb-cursor.so.0"}
    without = system_packages.missing_packages({"qt"}, FakeMachine(lacks))
    with_screen = system_packages.missing_packages({"qt"}, FakeMachine(lacks, screen=True))
    assert (without.required, without.wished) == ([], ["libxcb-cursor0"])
    assert with_screen.required == ["libxcb-cursor0"]


def test_the_backend_needs_no_qt_library() -> None:
    assert not system_packages.missing_packages(set(), FakeMachine({"libEGL.so.1"})).required


def test_python_without_venv_asks_for_its_package() -> None:
    assert system_packages.missing_packages({"venv"}, FakeMachine({"ensurepip"})).required == ["python3-venv"]


def test_without_apt_the_sentence_gives_the_exact_command(tmp_path: Path) -> None:
    machine = FakeMachine({"libEGL.so.1", "libGL.so.1"})
    with pytest.raises(system_packages.SetupError, match=r"sudo apt-get install .*libegl1 libgl1$"):
        bootstrap.provide_system({"qt"}, machine, tmp_path / "log")


def test_a_missing_fallback_font_is_no_reason_to_stop(tmp_path: Path) -> None:
    machine = FakeMachine(set(system_packages.FALLBACK_FONT_FILES))
    bootstrap.provide_system({"fonts"}, machine, tmp_path / "log")
    assert system_packages.missing_packages({"fonts"}, machine).wished == ["fonts-wqy-microhei"]


@pytest.mark.parametrize(
    ("log", "word"),
    [
        ("OSError: [Errno 28] No space left on device", "磁盘已满"),
        ("Temporary failure in name resolution", "连不上软件源"),
        ("E: Unable to connect to mirror:http", "连不上软件源"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "校验值不符"),
        ("[Errno 13] Permission denied: '/x'", "没有写入权限"),
        ("ERROR: No matching distribution found for numpy==2.4.6", "锁定的版本"),
        ("something new", "安装没有完成"),
    ],
)
def test_each_failure_ends_in_a_sentence(log: str, word: str) -> None:
    assert word in bootstrap.sentence_for(log)


def test_a_failed_step_raises_its_sentence_and_keeps_the_log(tmp_path: Path) -> None:
    log = tmp_path / "log"
    command = [sys.executable, "-c", "import sys; print('[Errno 28] No space left on device'); sys.exit(1)"]
    with pytest.raises(system_packages.SetupError, match="磁盘已满"):
        bootstrap.run_step(command, log)
    assert "No space left" in log.read_text()


def test_an_unwritable_checkout_puts_the_environment_into_the_cache(tmp_path: Path) -> None:
    # Nobody may write to /proc; root may write to a folder of mode 0555.
    venv = bootstrap.choose_venv(Path("/proc"), {"XDG_CACHE_HOME": str(tmp_path)})
    assert venv.parent == tmp_path / "liandong"
    assert venv.is_dir()


def test_a_linked_environment_is_somebody_elses_and_is_not_emptied(checkout: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "bin").mkdir(parents=True)
    venv = checkout / ".venv"
    if venv.exists():
        venv.rename(checkout / "moved")
    venv.symlink_to(other)
    with pytest.raises(bootstrap.SetupError, match=r"请删除这个链接.*remove the link"):
        bootstrap.choose_venv(checkout, {})
    assert (other / "bin").is_dir()


def test_no_writable_place_at_all_is_one_sentence() -> None:
    with pytest.raises(system_packages.SetupError, match="XDG_CACHE_HOME"):
        bootstrap.choose_venv(Path("/proc"), {"XDG_CACHE_HOME": "/proc/none"})


def test_two_starts_take_turns(checkout: Path) -> None:
    order: list[str] = []
    second_is_in = threading.Event()

    def second() -> None:
        with environment(checkout).locked():
            order.append("second")
            second_is_in.set()

    with environment(checkout).locked():
        thread = threading.Thread(target=second)
        thread.start()
        assert not second_is_in.wait(0.2)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def test_without_any_python_the_start_script_says_what_to_install(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("dirname", "readlink", "id"):
        (tools / name).symlink_to(next(Path(p, name) for p in ("/usr/bin", "/bin") if Path(p, name).exists()))
    script = tmp_path / "liandong"
    script.write_bytes((ROOT / "liandong").read_bytes())
    environ = {"PATH": str(tools), "LIANDONG_NO_APT": "1"}
    answer = subprocess.run(["/bin/sh", script, "demo"], env=environ, capture_output=True, text=True, check=False)
    assert answer.returncode == 3
    assert "sudo apt-get install python3 python3-venv" in answer.stderr


def test_the_start_script_can_be_run() -> None:
    assert os.access(ROOT / "liandong", os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize(
    ("output", "line"),
    [
        ("==== 12 passed in 3.10s ====", "12 passed, 0 failed, 0 skipped"),
        ("= 1 failed, 3 passed, 2 skipped, 7 deselected in 61.00s (0:01:01) =", "3 passed, 1 failed, 2 skipped"),
        ("3 passed in 1.0s\n=== 2 passed, 1 error in 0.50s ===", "2 passed, 1 failed, 0 skipped"),
        ("no tests ran", "0 passed, 0 failed, 0 skipped"),
    ],
)
def test_closing_line_comes_from_the_last_summary(output: str, line: str) -> None:
    assert run_checks.closing_line(output) == line


def test_full_runs_the_marked_tests_too() -> None:
    quick, full = (run_checks.commands(ROOT, given)[-1][1] for given in (["-k", "x"], ["--full"]))
    assert (quick[-2:], quick[quick.index("-m", 2) :][:2]) == (["-k", "x"], ["-m", "not full"])
    assert "not full" not in full
    assert "--full" not in full


def test_a_step_without_configuration_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.mypy]\nstrict = true\n")
    assert [name for name, known in run_checks.configured(tmp_path).items() if known] == ["mypy"]
