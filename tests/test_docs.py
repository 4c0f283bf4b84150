"""The documents name everything that a user can meet: verbs, settings, registers, saved queries, make targets."""

import re
import tomllib
from pathlib import Path

import click
import pytest

from app.cli.main import cli
from graph.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
CHINESE = (ROOT / "README.zh.md").read_text(encoding="utf-8")
PAGES = [ROOT / name for name in ("README.md", "README.zh.md", "CHANGELOG.md", "CONTRIBUTING.md")]
PAGES += sorted((ROOT / "docs").rglob("*.md"))
REGISTERS = sorted((ROOT / "ingest" / "registers").glob("*.toml"))
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def saved_queries() -> list[str]:
    """Return the ids of the saved queries."""
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "queries").rglob("*.toml"))]
    return [str(table["id"]) for table in tables if "query" in table]


def documented() -> str:
    """Return the text of the Chinese README and everything in docs/."""
    return CHINESE + "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").rglob("*.md")))


@pytest.mark.parametrize("verb", cli.list_commands(click.Context(cli)))
def test_every_verb_is_in_the_chinese_readme(verb: str) -> None:
    assert re.search(rf"`shenwa {verb}\b", CHINESE)


@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_is_in_the_chinese_readme(field: str) -> None:
    assert f"`{PREFIX}{field.upper()}`" in CHINESE


@pytest.mark.parametrize("path", REGISTERS, ids=lambda path: path.stem)
def test_every_register_is_described_as_it_is(path: Path) -> None:
    mapping = tomllib.loads(path.read_text(encoding="utf-8"))
    lines = [line for line in CHINESE.splitlines() if line.startswith(f"| {mapping['zh']} | `{mapping['id']}` |")]
    assert len(lines) == 1
    _, _, _, anchors, others, _ = lines[0].split("|")
    assert anchors.strip() == "、".join(mapping["anchors"])
    assert others.strip() == "、".join(column for column in mapping["columns"] if column not in mapping["anchors"])


def test_every_saved_query_is_documented() -> None:
    text = documented()
    assert [query for query in saved_queries() if f"`{query}`" not in text] == []


def test_every_make_target_explains_itself() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    declared = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert declared is not None
    explained = set(re.findall(r"^([a-z0-9-]+):.*## \S", makefile, re.MULTILINE))
    assert set(declared[1].split()) == explained


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_dependency_has_its_job_and_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + [one for extra in project["optional-dependencies"].values() for one in extra]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    named = {name for row in rows if all(row[:3]) for name in re.findall(r"[\w-]+", row[0])}
    assert [one for one in wanted if re.split(r"[=<>~\[ ]", one)[0] not in named] == []


def test_decisions_are_numbered_and_dated() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert re.match(rf"# {path.name[:4]} \S", text), path.name
        assert re.search(r"^\d{4}-\d\d-\d\d · \w+", text, re.MULTILINE), path.name
