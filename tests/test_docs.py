"""Documentation that cannot drift: everything that has a name has its heading."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from resonanz.house.command import PARTS
from resonanz.house.settings.environment import KNOWN
from resonanz.switchboard.registry import networks
from tests.house_rules.findings import CHECKOUT, PACKAGE, sources

DOCS = CHECKOUT / "docs"
REFERENCE = DOCS / "reference"
HEADING = re.compile(r"^#{2,4} +(.+?) *$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)?(#[^)\s]+)?\)")
TASK = re.compile(r"@task\b[^\n]*\ndef (\w+)\(")
TITLE = re.compile(r"# \S")
# A heading with a sentence about what a network can and cannot do.
FEWEST_WORDS = 40
SETTING = re.compile(r"""["'](RESONANZ_[A-Z_]+)["']""")


def headings(page: str) -> set[str]:
    """The headings of a reference page."""
    return set(HEADING.findall((REFERENCE / page).read_text()))


def test_every_setting_has_its_heading() -> None:
    """And none is told of that is not there."""
    assert headings("settings.md") == set(KNOWN)


def test_every_setting_that_is_read_is_known() -> None:
    """Nothing is asked of the environment behind the list's back."""
    read = {
        name
        for source in sources()
        if source.parts[:2] == ("resonanz", "house") and not source.is_test
        for name in SETTING.findall(source.text)
    }
    internal = {"RESONANZ_SUPERVISED", "RESONANZ_PART"}
    assert read - internal <= set(KNOWN)


def test_every_command_has_its_heading() -> None:
    """Those of `resonanz`, and those that rooms bring to `resonanz manage`."""
    told = headings("commands.md")
    ours = {path.stem for path in PACKAGE.glob("*/management/commands/*.py")} - {"__init__"}
    assert {f"resonanz {name}" for name in PARTS} <= told
    assert {f"resonanz manage {name}" for name in ours} <= told
    assert told - {"make", "resonanz"} == {f"resonanz {name}" for name in PARTS} | {
        f"resonanz manage {name}" for name in ours
    }


def test_every_make_command_is_told_of() -> None:
    """The targets that `make help` names."""
    text = (REFERENCE / "commands.md").read_text()
    for name in re.findall(r"'make (\w+)", (CHECKOUT / "Makefile").read_text()):
        assert f"`make {name}`" in text or name == "compile"


def test_every_network_has_its_page() -> None:
    """The README of its folder, which says more than its name; its limits stand beside it."""
    for slug, network in networks().items():
        folder = Path(str(import_module(type(network).__module__).__file__)).parent
        readme = (folder / "README.md").read_text()
        assert TITLE.match(readme), f"{slug}: the README begins with the name"
        assert len(readme.split()) >= FEWEST_WORDS, (
            f"{slug}: the README says what can be done there"
        )
        assert (folder / "limits.py").exists()


def test_the_page_of_networks_tells_of_those_that_are_there() -> None:
    """A new one tells of itself in its folder, so that adding it touches nothing else."""
    told = headings("networks.md")
    assert told <= set(networks())
    assert {"mastodon", "bluesky", "feeds", "wordpress", "webmention", "pretend"} <= told


def test_every_job_has_its_heading() -> None:
    """Whatever is marked as a task."""
    jobs = {
        name
        for source in sources()
        if source.parts[0] == "resonanz" and not source.is_test
        for name in TASK.findall(source.text)
    }
    assert "deliver" in jobs
    assert headings("jobs.md") == jobs


def test_every_rule_of_the_house_is_told_of() -> None:
    """By the name that stands in its findings."""
    text = (REFERENCE / "house-rules.md").read_text()
    rules = {
        name
        for source in sources()
        if source.parts[:2] == ("tests", "house_rules")
        for name in re.findall(r"""(?:Finding|_found)\(\s*["']([a-z-]+)["']""", source.text)
    }
    assert len(rules) > 10
    assert {rule for rule in rules if rule not in text} == set()


PAGES = sorted([*DOCS.rglob("*.md"), *CHECKOUT.glob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_no_link_leads_nowhere(page: Path) -> None:
    """Within the repository."""
    for target, anchor in LINK.findall(page.read_text()):
        if target.startswith(("http:", "https:", "mailto:")):
            continue
        path = (page.parent / target).resolve() if target else page
        # Pictures are made by `make screenshots`.
        assert path.exists() or path.suffix == ".png", f"{target} is not there"
        if anchor and path.suffix == ".md":
            names = {
                re.sub(r"[^\w-]", "", name.lower().replace(" ", "-"))
                for name in HEADING.findall(path.read_text())
            }
            assert anchor[1:] in names, f"{target}{anchor} is not there"


def test_every_page_can_be_found_from_the_index() -> None:
    """Directly, or by the index of the decisions."""
    index = (DOCS / "README.md").read_text() + (DOCS / "decisions" / "README.md").read_text()
    for page in DOCS.rglob("*.md"):
        if page.name != "README.md":
            assert page.name in index, f"{page.name} is not in the index"
