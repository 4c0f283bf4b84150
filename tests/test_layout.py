"""Holds the layout: where modules may lie, what they may import, how long they may be, and words that never appear."""

import ast
import importlib
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("graph", "ingest", "nlp", "queries", "app", "bench")
MAY_IMPORT = {
    "graph": set(),
    "nlp": set(),
    "ingest": {"nlp", "graph"},
    "queries": {"graph"},
    "app": {"queries", "graph", "ingest", "nlp"},
    "bench": {"app", "queries", "graph", "ingest", "nlp"},
}
MODULE_LINES = 500
FUNCTION_LINES = 70

# Guilt is a court's word. A list that forbids the words has to name them; those lists are the only exceptions.
FORBIDDEN_WORDS = ("犯罪", "行贿人", "涉嫌")
LISTS_THAT_FORBID = re.compile(r"(?i)forbidden|never_say|banned")

# Written in pieces, so that this file does not find itself.
MACHINE_PATHS = re.compile(r"(?<![\w.<{$)\]*-])/" + r"(?:work|root|tmp|home/\w+|Users/\w+)" + r"/[\w.]")
REGISTRY_ADDRESSES = re.compile(
    "(?i)https?:" + r"//[^\s\"'<>]*(?:pypi|pythonhosted|npmjs|repo1?\.maven|maven2|crates\.io|artifact|nexus)"
)


def modules(*packages: str) -> list[Path]:
    """Return every Python file of the packages."""
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


def tracked() -> list[Path]:
    """Return the files that git keeps."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


def imported(path: Path) -> set[str]:
    """Return the top-level names that a file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(str(node.module).partition(".")[0])
    return found


def relative(path: Path) -> str:
    """Return a path as people write it."""
    return path.relative_to(ROOT).as_posix()


def test_no_module_in_app_is_named_like_a_package() -> None:
    clashing = [p for p in (ROOT / "app").rglob("*") if p.stem in PACKAGES and p.suffix in ("", ".py")]
    assert [relative(path) for path in clashing] == []


def test_tests_are_no_packages_and_their_names_are_unique() -> None:
    assert [relative(path) for path in (ROOT / "tests").rglob("__init__.py")] == []
    names = Counter(path.name for path in (ROOT / "tests").rglob("*.py") if path.name != "conftest.py")
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_is_this_repository_s_own(package: str) -> None:
    file = importlib.import_module(package).__file__
    assert file is not None
    assert Path(file).resolve().is_relative_to(ROOT.resolve() / package)


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_point_one_way(package: str) -> None:
    others = set(PACKAGES) - {package} - MAY_IMPORT[package]
    others |= {"tests", "tools"}
    wrong = {relative(path): found for path in modules(package) if (found := imported(path) & others)}
    assert wrong == {}


def test_modules_and_functions_stay_readable() -> None:
    long_modules, long_functions = {}, {}
    for path in modules(*PACKAGES):
        text = path.read_text(encoding="utf-8")
        if (lines := text.count("\n")) > MODULE_LINES:
            long_modules[relative(path)] = lines
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                lines = node.end_lineno - node.lineno + 1
                if lines > FUNCTION_LINES:
                    long_functions[f"{relative(path)}:{node.name}"] = lines
    assert (long_modules, long_functions) == ({}, {})


def test_tracked_files_hold_no_machine_paths_or_registry_addresses() -> None:
    wrong = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # fixtures in GB18030, workbooks
        for number, line in enumerate(text.splitlines(), start=1):
            if MACHINE_PATHS.search(line) or REGISTRY_ADDRESSES.search(line):
                wrong.append(f"{relative(path)}:{number}: {line.strip()[:80]}")
    assert wrong == []


@pytest.mark.parametrize(
    "line",
    [
        "open('/work" + "/main/x')",
        "path = /root" + "/x",
        "see /tmp" + "/brief.md",
        "index-url = https:" + "//pypi.org/simple",
        "https:" + "//repo.maven.apache.org/maven2",
    ],
)
def test_the_address_patterns_find_what_they_are_for(line: str) -> None:
    assert MACHINE_PATHS.search(line) or REGISTRY_ADDRESSES.search(line)


def forbidding_lines(text: str) -> set[int]:
    """Return the lines of assignments whose name says that they forbid words."""
    lines: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(isinstance(one, ast.Name) and LISTS_THAT_FORBID.search(one.id) for one in targets):
            lines |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def test_the_machine_s_own_words_never_say_guilt() -> None:
    packages = ("app", "queries", "ingest", "graph")
    texts = modules(*packages) + [path for package in packages for path in sorted((ROOT / package).rglob("*.toml"))]
    wrong = []
    for path in texts:
        text = path.read_text(encoding="utf-8")
        allowed = forbidding_lines(text) if path.suffix == ".py" else set()
        for number, line in enumerate(text.splitlines(), start=1):
            if number not in allowed and any(word in line for word in FORBIDDEN_WORDS):
                wrong.append(f"{relative(path)}:{number}: {line.strip()[:80]}")
    assert wrong == []
