"""`liandong list`, `organisation`, `components` against a real backend process: dry run, import, export, refusals in words."""

from pathlib import Path

import pytest

from resources import path as resource_path
from tests.flow.test_replay_command import backend, liandong

__all__ = ["backend"]
LIST = "item_code,kind,class_name,sub_class_name,item_name,limit\n"
GOOD = LIST + "Z1,事件,甲,乙,丙,2天\nZ2,部件,甲,乙,丁,4小时\n"
BAD = LIST + "Z1,事件,甲,乙,丙,2天\nZ1,事件,甲,乙,丁,3天\nZ3,事件,甲,乙,,3天\nZ4,事件,甲,乙,戊,尽快\n"


@pytest.fixture(scope="module")
def officer(backend: tuple[str, Path]) -> str:
    return _token(backend, "system_admin")


def _token(backend: tuple[str, Path], role: str) -> str:
    made = liandong("backend", "token", "--data", str(backend[1]), "--user", role, "--role", role)
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


def _last(done: object) -> str:
    return done.stdout.splitlines()[-1]  # type: ignore[attr-defined]


def test_a_list_is_looked_at_imported_and_exported_again(
    backend: tuple[str, Path], officer: str, tmp_path: Path
) -> None:
    url, file, out = backend[0], tmp_path / "list.csv", tmp_path / "out.csv"
    file.write_text(GOOD, "gbk")
    look = liandong("list", "import", str(file), "--keep", "--dry-run", "--to", url, token=officer)
    assert _last(look) == "rows=2 added=2 changed=0 retired=0 same=0 unreadable=0", look.stderr
    done = liandong("list", "import", str(file), "--keep", "--reason", "新增两条", "--to", url, token=officer)
    assert done.returncode == 0, done.stderr
    again = liandong("list", "import", str(file), "--keep", "--dry-run", "--to", url, token=officer)
    assert _last(again) == "rows=2 added=0 changed=0 retired=0 same=2 unreadable=0"
    assert liandong("list", "export", str(out), "--to", url, token=officer).returncode == 0
    same = liandong("list", "import", str(out), "--dry-run", "--to", url, token=officer)
    assert " added=0 changed=0 retired=0 " in _last(same)


def test_one_bad_row_and_nothing_is_changed(backend: tuple[str, Path], officer: str, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(BAD, "utf-8")
    done = liandong("list", "import", str(file), "--keep", "--reason", "x", "--to", backend[0], token=officer)
    assert done.returncode == 1
    assert "第 3 行 / row 3: 编码 Z1 与第 2 行重复" in done.stdout
    assert "第 4 行 / row 4: 没有名称" in done.stdout
    assert "第 5 行 / row 5: 时限“尽快”看不懂" in done.stdout
    assert "什么也没有改" in done.stderr


def test_who_may_not_is_told_so(backend: tuple[str, Path], tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(LIST + "Z9,事件,甲,乙,丙,2天\n", "utf-8")
    token = _token(backend, "dispatcher")
    done = liandong("list", "import", str(file), "--keep", "--reason", "x", "--to", backend[0], token=token)
    assert done.returncode == 1
    assert "只有系统管理员能改" in done.stderr


def test_a_real_table_of_areas_and_a_register_of_components_go_in_and_come_back(
    backend: tuple[str, Path], officer: str, tmp_path: Path
) -> None:
    url, out = backend[0], tmp_path / "out.csv"
    areas = str(resource_path("catalogues", "suzhou_areas.csv"))
    done = liandong("organisation", "import", areas, "--what", "areas", "--reason", "苏州", "--to", url, token=officer)
    assert done.returncode == 0, done.stderr
    assert "rows=2376 added=2376" in done.stdout
    register = str(resource_path("maps", "demo", "components.csv"))
    done = liandong("components", "import", register, "--reason", "普查", "--to", url, token=officer)
    assert done.returncode == 0, done.stderr
    assert liandong("components", "export", str(out), "--to", url, token=officer).returncode == 0
    again = liandong("components", "import", str(out), "--whole", "--dry-run", "--to", url, token=officer)
    assert _last(again) == "rows=3217 added=0 changed=0 retired=0 same=3217 unreadable=0"


def test_a_ring_of_units_is_named_and_nothing_changed(backend: tuple[str, Path], officer: str, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text("unit_id,name,kind,parent\nV1,甲,department,V2\nV2,乙,department,V1\n", "utf-8")
    arguments = ("organisation", "import", str(file), "--what", "units", "--to", backend[0])
    done = liandong(*arguments, "--reason", "x", token=officer)
    assert done.returncode == 1
    assert "上级关系成环：V1、V2" in done.stdout
    look = liandong(*arguments, "--dry-run", token=officer)
    assert "added=2" in _last(look)


def test_a_roster_goes_in_is_revised_and_comes_back(backend: tuple[str, Path], officer: str, tmp_path: Path) -> None:
    url, file, out = backend[0], tmp_path / "roster.csv", tmp_path / "out.csv"
    file.write_text("日,白班,夜班\n1,甲班,乙班\n2,乙班,丙班\n", "gbk")
    bring = ("roster", "import", str(file), "--first-day", "2026-03-02", "--to", url)
    for changed in (4, 0):
        done = liandong(*bring, token=officer)
        assert done.returncode == 0, done.stderr
        assert _last(done) == f"days=2 teams=3 changed={changed} unreadable=0"
    assert liandong("roster", "export", str(out), "--to", url, token=officer).returncode == 0
    assert "白班 08:00-20:00" in out.read_text("utf-8-sig")
    file.write_text("日,白班,夜班\n1,甲班,\n", "utf-8")
    bad = liandong(*bring, token=officer)
    assert bad.returncode == 1
    assert "第 2 行 / row 2: 没有名称" in bad.stdout
