"""Set up the environment behind ./liandong, then start the real program in it.

What lives here: standard library only, and nothing of the product. A stamp written last makes set-up resumable and the
second start quick; a lock keeps two starts from setting up at once. Everything that can fail ends in one sentence.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import importlib.metadata
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # isolated mode leaves the script's own folder out

from system_packages import Machine, SetupError, missing_packages

NEEDS_QT = frozenset({"demo", "desktop", "test"})
NEEDED_BYTES = 700_000_000
STAMP = "liandong-stamp"
PACKAGES = ("domain", "protocol", "backend", "desktop", "cli", "resources")
PIP = (
    "-m",
    "pip",
    "--disable-pip-version-check",
    "install",
    "--no-input",
    "--require-hashes",
    "--only-binary",
    ":all:",
)
SIGN_OF_LIFE = re.compile(r"\s*(Downloading .*MB\)|Installing collected|Setting up|Get:)")

FAILURES = (
    (
        r"No space left on device|Errno 28",
        "磁盘已满，请腾出约 1 GB 后重试 (the disk is full: free about 1 GB and run again)",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "下载的包与锁定的校验值不符，请检查网络代理或软件源后重试 (a download does not match its locked hash: check the proxy or mirror)",
    ),
    (
        r"NameResolution|name resolution|Network is unreachable|Max retries|Connection ?(refused|reset|broken)|timed out"
        r"|Failed to establish|Could not resolve|Unable to connect|ProxyError|SSLError|CERTIFICATE",
        "连不上软件源，请检查网络、代理或证书后重试 (cannot reach the package source: check network, proxy or certificates)",
    ),
    (
        r"Permission denied|Errno 13|Read-only file system",
        "没有写入权限，请换一个可写的目录重试 (no write permission: use a folder you may write to)",
    ),
    (
        r"No matching distribution|Could not find a version",
        "软件源里没有锁定的版本，请换用完整的 PyPI 镜像，或先恢复网络 (the package source lacks a locked version: use a complete mirror, or restore the network)",
    ),
)


def say(text: str) -> None:
    print(text, flush=True)


def normal(name: str) -> str:
    """A package name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def sentence_for(log: str) -> str:
    """What to do about a failed step, told from the end of its log."""
    for pattern, sentence in FAILURES:
        if re.search(pattern, log, re.IGNORECASE):
            return sentence
    return "安装没有完成，原因见上面几行 (set-up did not finish, the lines above say why)"


def is_writable(folder: Path) -> bool:
    """Told by writing: access rights say nothing about read-only mounts and root."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError as problem:
        if problem.errno == errno.ENOSPC:
            raise
        return False


def choose_venv(root: Path, environ: Mapping[str, str]) -> Path:
    """Beside the code, or in the user's cache folder where the checkout may not be written to."""
    beside = root / ".venv"
    if beside.is_symlink():  # setting up empties what is of another place, and that is somebody else's
        raise SetupError(
            f"{beside} 是指向 {beside.resolve()} 的链接，安装会清空那里；请删除这个链接再运行 "
            "(is a link to a folder that setting up would empty: remove the link and run this again)"
        )
    if is_writable(beside):
        return beside
    cache = Path(environ.get("XDG_CACHE_HOME") or Path(environ.get("HOME", "/nonexistent")) / ".cache")
    inside = cache / "liandong" / f"venv-{hashlib.sha256(str(root).encode()).hexdigest()[:12]}"
    if is_writable(inside):
        return inside
    raise SetupError(
        f"代码目录和缓存目录都不可写，请设置 XDG_CACHE_HOME 指向可写的目录 "
        f"(neither the checkout nor {inside.parent} is writable: set XDG_CACHE_HOME to a folder that is)"
    )


def fingerprint(root: Path, locks: Sequence[str]) -> str:
    """Changes when a lock, the version file, the place of the checkout or the Python changes."""
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "tools/bootstrap.py", *locks):
        digest.update((root / name).read_bytes())
    digest.update(f"{root}|{sys.version_info[:2]}|{platform.machine()}".encode())
    return digest.hexdigest()


class Environment:
    """One venv and what is known about it."""

    def __init__(self, root: Path, venv: Path, for_tests: bool) -> None:
        self.root = root
        self.venv = venv
        self.python = venv / "bin" / "python"
        self.site = venv / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
        self.locks = ["requirements.lock"] + (["requirements-dev.lock"] if for_tests else [])
        self.stamp = venv / (STAMP + ("-dev" if for_tests else ""))
        self.log = venv / "setup.log"

    def is_ready(self) -> bool:
        try:
            return self.stamp.read_text("ascii") == fingerprint(self.root, self.locks) and self.python.exists()
        except FileNotFoundError:
            return False

    def create(self) -> None:
        """A venv of this Python; one that is broken or of another Python is emptied first (its lock file stays)."""
        if self.is_usable():
            return
        for old in self.venv.iterdir():
            if old.name != ".lock":
                shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
        base = getattr(sys, "_base_executable", None) or sys.executable
        self.run([base, "-I", "-m", "venv", str(self.venv)])

    def is_usable(self) -> bool:
        """It runs, is of this Python, and stands where it was made (its scripts name their place)."""
        try:
            stands_here = f"{self.venv}/bin/python" in (self.venv / "bin" / "pip").read_text("utf-8")
        except OSError:
            return False
        probe = "import sys, pip; print(sys.version_info[:2])"
        try:
            answer = subprocess.run([self.python, "-I", "-c", probe], capture_output=True, text=True, check=False)
        except OSError:
            return False
        return stands_here and answer.returncode == 0 and answer.stdout.strip() == str(sys.version_info[:2])

    def install(self) -> None:
        wanted = [part for lock in self.locks for part in ("-r", str(self.root / lock))]
        self.run([str(self.python), *PIP, *wanted])
        if extra := self.unlocked_packages():
            say(f"      移除锁定之外的包  removing what no lock names: {', '.join(extra)}")
            self.run([str(self.python), "-m", "pip", "--disable-pip-version-check", "uninstall", "-y", *extra])

    def unlocked_packages(self) -> list[str]:
        """What is installed though neither lock names it (a package dropped from a lock, or put in by hand)."""
        named = {"liandong", "pip", "setuptools", "wheel"}
        for lock in ("requirements.lock", "requirements-dev.lock"):
            named |= {normal(name) for name in re.findall(r"^([\w.-]+)==", (self.root / lock).read_text("utf-8"), re.M)}
        found = importlib.metadata.distributions(path=[str(self.site)])
        return sorted({normal(distribution.name) for distribution in found} - named)

    def link_checkout(self) -> None:
        """The checkout as an installed package, without a build: a path file, its metadata, the console command."""
        project = tomllib.loads((self.root / "pyproject.toml").read_text("utf-8"))["project"]
        name, version = project["name"], project["version"]
        site = self.site
        for old in site.glob(f"{name}-*.dist-info"):
            shutil.rmtree(old)
        (site / f"{name}.pth").write_text(f"{self.root}\n", "utf-8")
        info = site / f"{name}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", "utf-8")
        (info / "INSTALLER").write_text("liandong-bootstrap\n", "utf-8")
        (info / "RECORD").write_text("", "utf-8")
        entries = "".join(f"{key} = {value}\n" for key, value in project["scripts"].items())
        (info / "entry_points.txt").write_text(f"[console_scripts]\n{entries}", "utf-8")
        for key, value in project["scripts"].items():
            module, function = value.split(":")
            command = self.venv / "bin" / key
            command.write_text(
                f"#!{self.python}\nimport sys\nfrom {module} import {function}\nsys.exit({function}())\n"
            )
            command.chmod(0o755)
        self.compile_checkout()

    def compile_checkout(self) -> None:
        """Byte code beside the sources, as an installer leaves it: a checkout that belongs to another user, and a machine that
        forbids Python to write it, would pay half a second at every start.
        """
        if is_writable(self.root):
            packages = [str(self.root / name) for name in PACKAGES if (self.root / name).is_dir()]
            self.run([str(self.python), "-m", "compileall", "-q", *packages])

    def write_stamps(self) -> None:
        for stamp, locks in ((self.venv / STAMP, self.locks[:1]), (self.stamp, self.locks)):
            fresh = stamp.with_suffix(".new")
            fresh.write_text(fingerprint(self.root, locks), "ascii")
            fresh.replace(stamp)

    def run(self, command: Sequence[str]) -> None:
        run_step(command, self.log)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Only one start sets up at a time; the lock falls with the process, however it ends."""
        self.venv.mkdir(parents=True, exist_ok=True)
        with (self.venv / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("另一个进程正在建立环境，等它完成 … another start is setting up, waiting for it")
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def run_step(command: Sequence[str], log: Path, environ: Mapping[str, str] | None = None) -> None:
    """Run one command with its output in the log and a sign of life on screen; raises SetupError with a sentence."""
    started = shown = time.monotonic()
    with log.open("a", encoding="utf-8") as out:
        out.write(f"\n$ {' '.join(command)}\n")
        out.flush()
        begin = out.tell()
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environ
        ) as process:
            for raw in process.stdout or ():
                line = raw.decode("utf-8", "replace").rstrip()
                out.write(line + "\n")
                now = time.monotonic()
                if SIGN_OF_LIFE.match(line) and now - shown >= 2:
                    shown = now
                    say(f"      {now - started:3.0f} s  {line.strip()[:100]}")
        code = process.returncode
    if code != 0:
        with log.open("rb") as source:
            source.seek(begin)
            text = source.read().decode("utf-8", "replace")
        for line in text.strip().splitlines()[-6:]:
            print(f"      {line}", file=sys.stderr)
        raise SetupError(f"{sentence_for(text)}; log: {log}")


def install_system_packages(packages: Sequence[str], machine: Machine, log: Path) -> None:
    environ = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    prefix = [*machine.as_root(), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"]
    run_step([*prefix, "update"], log, environ)
    run_step([*prefix, "install", "-y", "--no-install-recommends", *packages], log, environ)


def check_qt(environment: Environment) -> None:
    probe = "import PySide6.QtWidgets, PySide6.QtNetwork, PySide6.QtSvg"
    answer = subprocess.run([environment.python, "-I", "-c", probe], capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        last = (answer.stderr.strip().splitlines() or ["no message"])[-1]
        raise SetupError(
            f"Qt 无法载入，请安装上一行说的系统库后重试 (Qt cannot be loaded: install the system library named here): {last}"
        )


def provide_system(needed: set[str], machine: Machine, log: Path) -> None:
    """Install what is missing, or say in one sentence what the user is to install."""
    missing = missing_packages(needed, machine)
    if not missing.required and not (missing.wished and machine.may_use_apt()):
        return
    if machine.may_use_apt():
        packages = [*missing.required, *missing.wished]
        say(f"      apt-get install {' '.join(packages)}")
        install_system_packages(packages, machine, log)
        return
    raise SetupError(
        "缺少系统库，请运行 (system libraries are missing, please run): "
        f"sudo apt-get install --no-install-recommends {' '.join(missing.required)}"
    )


def set_up(environment: Environment, needed: set[str], machine: Machine) -> None:
    """The four steps, each of which may find that nothing is left to do."""
    free = shutil.disk_usage(environment.venv).free
    if free < NEEDED_BYTES and not environment.is_usable():
        raise SetupError(
            f"磁盘只剩 {free // 1_000_000} MB，请腾出约 1 GB 后重试 (only {free // 1_000_000} MB free: free about 1 GB)"
        )
    steps: list[tuple[str, Callable[[], None]]] = [
        ("系统库  system libraries", lambda: provide_system(needed, machine, environment.log)),
        ("建立 Python 环境  creating the Python environment", environment.create),
        ("安装锁定的依赖包  installing the locked packages", environment.install),
        ("接入本程序并检查  linking this checkout and checking", environment.link_checkout),
    ]
    begin = time.monotonic()
    for number, (title, step) in enumerate(steps, 1):
        say(f"[{number}/{len(steps)}] {title} …")
        step()
    if "qt" in needed:
        check_qt(environment)
    environment.write_stamps()
    say(f"环境就绪，用时 {time.monotonic() - begin:.0f} 秒  ready")


def prepare(root: Path, command: str) -> Environment:
    """The environment for this sub-command, set up if it is not."""
    machine = Machine()
    environment = Environment(root, root / ".venv", for_tests=command == "test")
    if not environment.is_ready():
        environment = Environment(root, choose_venv(root, os.environ), for_tests=command == "test")
    needed = {"qt"} if command in NEEDS_QT else set()
    if command == "test":
        needed.add("test")
    if environment.is_ready():
        if missing_packages(needed, machine).required:
            say("[1/1] 系统库  system libraries …")
            # No lock and no log of the environment: it may belong to another user, and apt has its own lock.
            handle, log = tempfile.mkstemp(prefix="liandong-setup-", suffix=".log")
            os.close(handle)
            provide_system(needed, machine, Path(log))
        return environment
    with environment.locked():
        if not environment.is_ready():  # the start that was waited for may have done it all
            set_up(environment, needed | {"venv", "fonts"}, machine)
    return environment


def main(arguments: Sequence[str]) -> int:
    root, *rest = arguments
    command = rest[0] if rest else ""
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        environment = prepare(Path(root), command)
    except SetupError as problem:
        print(problem, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("已中断，再次运行会接着做 (interrupted: run again to go on)", file=sys.stderr)
        return 130
    except OSError as problem:
        print(f"{sentence_for(str(problem))}: {problem}", file=sys.stderr)
        return 3
    python = str(environment.python)
    if command == "test":
        os.execv(python, [python, str(Path(root) / "tools" / "run_checks.py"), *rest[1:]])
    os.execv(python, [python, "-P", "-m", "cli.main", *rest])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
