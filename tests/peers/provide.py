"""Makes a Debian machine ready for the tests against real servers.

`python -m tests.peers.provide` installs what `make peers` needs and is missing, and takes less
than two seconds when nothing is. It needs root, or sudo, only when something has to be
installed. Every server has a function of its own in `PROVISIONS`.

No address of a package mirror stands here: the machine's own apt knows where its packages
come from.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
CACHE = PROJECT / ".peers"
SNAC = CACHE / "snac2" / "usr" / "bin" / "snac"
NODE_PACKAGES = CACHE / "node"
# The last line of oidc-provider for Node 20.
NODE_WANTED = {"oidc-provider": "8.8.1"}
BLUESKY_PACKAGES = CACHE / "bluesky"
# The last line of Bluesky's development network for Node 20.
BLUESKY_WANTED = {"@atproto/dev-env": "0.3.215"}
# The one part of it that is built on this machine, and what comes of it.
BLUESKY_BUILT = "better-sqlite3"
BLUESKY_BUILD = BLUESKY_PACKAGES / "node_modules/better-sqlite3/build/Release/better_sqlite3.node"
NPM_LIMIT_SECONDS = 900
SNAC_SEEN_WORKING = "2.75"
CHROMIUM = Path("/usr/bin/chromium")
POSTGRESQL = Path("/usr/lib/postgresql")
REDIS = Path("/usr/bin/redis-server")
WORDPRESS = Path("/usr/share/wordpress")

RELEASE = "bookworm"
BACKPORTS = f"{RELEASE}-backports"
DEBIAN_KEYS = Path("/usr/share/keyrings/debian-archive-keyring.gpg")

APT_TRIES = 4
APT_PAUSE_SECONDS = 10
APT_LOCK_SECONDS = 120
APT_LIMIT_SECONDS = 900


class CannotProvide(Exception):
    """Something cannot be had on this machine. The message says what, and what to do."""


def main() -> int:
    """Provide everything. Gives 0, or 1 after a sentence that says what is missing.

    What apt brings and what npm brings do not wait for each other.
    """
    with ThreadPoolExecutor() as threads:
        return max(threads.map(provide_in_turn, PROVISIONS))


def provide_in_turn(provisions: Sequence[Callable[[], str]]) -> int:
    """Provide one thing after the other, until one cannot be had. Gives 0 or 1."""
    for provision in provisions:
        try:
            say(provision())
        except CannotProvide as reason:
            say(f"make peers cannot go on. {reason}")
            return 1
    return 0


def provide_browser() -> str:
    """Chromium, and fonts that have German letters and coloured emoji. Gives its version."""
    packages = ("chromium", "fonts-dejavu-core", "fonts-noto-color-emoji")
    install(packages, test=CHROMIUM.is_file)
    if not CHROMIUM.is_file():
        raise CannotProvide(f"Chromium was installed, but there is no {CHROMIUM}.")
    return f"Chromium {installed_version('chromium')} is there."


def provide_snac() -> str:
    """snac2, a small fediverse server, from the backports. Gives its version."""
    if not snac_version():
        install(("libcurl4", "libssl3"))
        unpack_backport("snac2", CACHE / "snac2")
    version = snac_version()
    if not version:
        raise CannotProvide(f"snac2 was unpacked, but {SNAC} does not start.")
    if not version.startswith(SNAC_SEEN_WORKING):
        return f"snac {version} is there; the tests were written with {SNAC_SEEN_WORKING}."
    return f"snac {version} is there."


def provide_postgresql() -> str:
    """PostgreSQL's programs; the tests lay out a cluster of their own. Gives its version."""
    install(("postgresql",), test=lambda: any(POSTGRESQL.glob("*/bin/initdb")))
    if not any(POSTGRESQL.glob("*/bin/initdb")):
        raise CannotProvide(f"PostgreSQL was installed, but there is no initdb in {POSTGRESQL}.")
    return f"PostgreSQL {installed_version('postgresql')} is there."


def provide_redis() -> str:
    """Redis's program; the tests start one of their own. Gives its version."""
    install(("redis-server",), test=REDIS.is_file)
    if not REDIS.is_file():
        raise CannotProvide(f"Redis was installed, but there is no {REDIS}.")
    return f"Redis {installed_version('redis-server')} is there."


def provide_wordpress() -> str:
    """WordPress, PHP and MariaDB; the tests lay out sites of their own. Gives its version."""
    packages = (
        *("wordpress", "wordpress-theme-twentytwentyone", "mariadb-server"),
        *("php-cli", "php-mysql", "php-curl", "php-gd", "php-xml", "php-mbstring"),
    )
    install(packages, test=(WORDPRESS / "wp-load.php").is_file)
    if not (WORDPRESS / "wp-load.php").is_file():
        raise CannotProvide(f"WordPress was installed, but it is not in {WORDPRESS}.")
    return f"WordPress {installed_version('wordpress')} is there."


def provide_node_packages() -> str:
    """Servers that come as packages for Node, in a folder of their own. Gives their versions."""
    return fetch_for_node(NODE_PACKAGES, NODE_WANTED)


def provide_bluesky() -> str:
    """Bluesky's reference servers, in a folder of their own: some minutes the first time."""
    told = fetch_for_node(BLUESKY_PACKAGES, BLUESKY_WANTED)
    if not BLUESKY_BUILD.is_file():
        say(f"Building {BLUESKY_BUILT} …")
        npm(BLUESKY_PACKAGES, "rebuild", BLUESKY_BUILT)
    if not BLUESKY_BUILD.is_file():
        raise CannotProvide(f"npm built {BLUESKY_BUILT}, but there is no {BLUESKY_BUILD}.")
    return told


def fetch_for_node(folder: Path, wanted: Mapping[str, str]) -> str:
    """Let npm fetch what is missing into `folder`, running nothing of it. Gives what is there."""
    told = ", ".join(f"{name} {version}" for name, version in wanted.items())
    if not all(node_version(folder, name) == version for name, version in wanted.items()):
        say(f"Fetching {told} …")
        folder.mkdir(parents=True, exist_ok=True)
        asked = {"private": True, "dependencies": dict(wanted)}
        (folder / "package.json").write_text(json.dumps(asked))
        npm(folder, "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts")
    return f"{told} is there."


def npm(folder: Path, *words: str) -> None:
    """Run npm in a folder. Raises `CannotProvide` with its last words."""
    if not shutil.which("npm"):
        raise CannotProvide("There is no npm here; install Node 20 or newer with npm.")
    told = " ".join(words[:2])
    try:
        done = subprocess.run(
            ["npm", *words],
            cwd=folder,
            # What is built serves tests only: it is to be there soon rather than to be quick.
            env={**os.environ, "CFLAGS": "-O1", "CXXFLAGS": "-O1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=NPM_LIMIT_SECONDS,
        )
    except subprocess.TimeoutExpired as cause:
        raise CannotProvide(
            f"npm {told} had not ended after {NPM_LIMIT_SECONDS} seconds."
        ) from cause
    if done.returncode:
        raise CannotProvide(f"npm {told} failed: {done.stderr[-600:]}")


def node_version(folder: Path, package: str) -> str:
    """The version of a package for Node that lies in a folder of ours, or ""."""
    file = folder / "node_modules" / package / "package.json"
    return str(json.loads(file.read_text())["version"]) if file.is_file() else ""


PROVISIONS: tuple[tuple[Callable[[], str], ...], ...] = (
    (provide_browser, provide_snac, provide_postgresql, provide_redis, provide_wordpress),
    (provide_node_packages, provide_bluesky),
)


def snac_version() -> str:
    """The version that the unpacked snac tells, or "" when it is missing or does not start."""
    if not SNAC.is_file():
        return ""
    try:
        told = subprocess.run([SNAC], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    words = (told.stdout + told.stderr).split()
    return words[1] if words[:1] == ["snac"] else ""


def installed_version(package: str) -> str:
    """The installed version of a Debian package, or ""."""
    told = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${db:Status-Status} ${Version}", package],
        capture_output=True,
        text=True,
        check=False,
    )
    status, _, version = told.stdout.partition(" ")
    return version if told.returncode == 0 and status == "installed" else ""


def install(packages: Sequence[str], test: Callable[[], bool] = lambda: True) -> None:
    """Install the Debian packages that are missing; nothing happens when none is.

    `test` tells whether what the packages are for is there although dpkg says they are.
    """
    need_debian()
    missing = [name for name in packages if not installed_version(name)]
    if not missing and test():
        return
    say(f"Installing {' '.join(missing or packages)} …")
    command = ["install", "--yes", "--no-install-recommends", *(missing or packages)]
    # A machine that has never asked, or asked long ago, does not know where the files are.
    if not try_apt(command):
        apt(["update"])
        apt(command)


def unpack_backport(package: str, folder: Path) -> None:
    """Fetch a package from the backports and unpack it into `folder`, installing nothing.

    The machine's own sources stay as they are: a list of sources and an index of their own
    live for as long as this takes.
    """
    need_debian()
    say(f"Fetching {package} from {BACKPORTS} …")
    with tempfile.TemporaryDirectory(prefix="resonanz-peers-") as name:
        place = Path(name)
        (place / "lists" / "partial").mkdir(parents=True)
        (place / "sources.list").write_text(f"deb {mirror()} {BACKPORTS} main\n")
        options = [
            f"--option=Dir::Etc::sourcelist={place / 'sources.list'}",
            "--option=Dir::Etc::sourceparts=-",
            f"--option=Dir::State::lists={place / 'lists'}",
            f"--option=APT::Sandbox::User={user_name()}",
        ]
        apt([*options, "update"], as_root=False)
        apt([*options, "download", package], folder=place, as_root=False)
        archives = list(place.glob(f"{package}_*.deb"))
        if not archives:
            raise CannotProvide(f"apt-get download left no file of {package}.")
        unpack(archives[0], folder)


def unpack(archive: Path, folder: Path) -> None:
    """Unpack a Debian package beside `folder` and put it in its place in one move."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="unpacking-", dir=folder.parent) as name:
        fresh = Path(name) / "fresh"
        subprocess.run(["dpkg-deb", "--extract", archive, fresh], check=True)
        if folder.exists():
            folder.rename(Path(name) / "old")
        fresh.rename(folder)


def mirror() -> str:
    """Source options and address from which this machine takes Debian's packages.

    Raises `CannotProvide` on another release than the one whose backports are meant.
    """
    keys = f"[signed-by={DEBIAN_KEYS}] " if DEBIAN_KEYS.is_file() else ""
    for _ in range(2):
        told = subprocess.run(
            ["apt-get", "indextargets", "--format", "$(ORIGIN)|$(CODENAME)|$(REPO_URI)"],
            capture_output=True,
            text=True,
            check=True,
        )
        for line in told.stdout.splitlines():
            origin, codename, address = line.split("|", 2)
            if (origin, codename) == ("Debian", RELEASE):
                return f"{keys}{address}"
        # What a release is called stands in its index, which a new machine has not read yet.
        apt(["update"])
    raise CannotProvide(
        f"The apt sources of this machine name no Debian {RELEASE}, and the servers "
        f"for the tests come from {BACKPORTS}."
    )


def apt(arguments: Sequence[str], *, folder: Path | None = None, as_root: bool = True) -> None:
    """Run apt-get until it succeeds. Raises `CannotProvide` with its last words."""
    for attempt in range(1, APT_TRIES + 1):
        told = run_apt(arguments, folder=folder, as_root=as_root)
        if told.returncode == 0:
            return
        if attempt < APT_TRIES:
            say(f"apt-get {arguments[-1]} did not work; trying again in {APT_PAUSE_SECONDS} s.")
            time.sleep(APT_PAUSE_SECONDS)
    words = " ".join((told.stderr or told.stdout).split())[-600:]
    raise CannotProvide(f"apt-get {' '.join(arguments[-2:])} failed {APT_TRIES} times: {words}")


def try_apt(arguments: Sequence[str]) -> bool:
    """Run apt-get once and tell whether it worked."""
    return run_apt(arguments, folder=None, as_root=True).returncode == 0


def run_apt(
    arguments: Sequence[str], *, folder: Path | None, as_root: bool
) -> subprocess.CompletedProcess[str]:
    """Run apt-get, waiting for another one that holds the lock."""
    command = [
        *(before_root() if as_root else []),
        "apt-get",
        "--quiet",
        f"--option=DPkg::Lock::Timeout={APT_LOCK_SECONDS}",
        *arguments,
    ]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    try:
        return subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=APT_LIMIT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as cause:
        raise CannotProvide(
            f"apt-get {arguments[-1]} had not ended after {APT_LIMIT_SECONDS} seconds."
        ) from cause


def before_root() -> list[str]:
    """What goes before a command so that it runs as root: nothing, or sudo without questions."""
    if os.geteuid() == 0:
        return []
    if sudo := shutil.which("sudo"):
        return [sudo, "--non-interactive", "--preserve-env=DEBIAN_FRONTEND"]
    raise CannotProvide(
        "Something has to be installed, but this is not root and there is no sudo. "
        "Run `python -m tests.peers.provide` as root once."
    )


def need_debian() -> None:
    """Raise `CannotProvide` where there is no apt-get."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise CannotProvide("There is no apt-get here; the servers come from Debian's packages.")


def user_name() -> str:
    """Whom apt may work as when it writes to a folder of ours."""
    return "root" if os.geteuid() == 0 else ""


def say(sentence: str) -> None:
    """Tell the person what is going on."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
