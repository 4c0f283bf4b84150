"""One city through the whole line: generate, import, detect; leaves hits and truth, so that a run can go on."""

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.services.context import Context
from app.services.detecting import detect
from app.services.importing import run_import
from bench.city.generate import City, generate_city
from bench.score.baselines import rank_by_rule
from bench.score.judging import Verdict, judge
from bench.score.planted import CityTruth, read_truth
from bench.score.report import commit
from bench.score.results import EmptyCity, Scored
from bench.score.shown import Shown, read_hit
from graph.settings import Settings
from graph.workspace import Workspace
from ingest.options import ImportOptions

Say = Callable[[str], None]
_HITS, _RULES, _IMPORTED, _RUN = "hits.jsonl", "baselines.jsonl", "imported.json", "run.json"
_REGISTERS, _WORKSPACE = "registers", "workspace"


@dataclass(frozen=True)
class Plan:
    """What to run.

    Attributes:
        preset: Size.
        difficulty: Difficulty; the preset's usual one when None.
        folder: Where each city leaves a folder of its own.
        given: Query -> parameter -> text.
        keep: Keep registers and workspace, which are large.
        say: Shows a line of progress.
        queries: Saved queries to run; all when empty.
    """

    preset: str
    difficulty: str | None
    folder: Path
    given: dict[str, dict[str, str]]
    keep: bool
    say: Say
    queries: tuple[str, ...] = ()


def _context(folder: Path, say: Say) -> Context:
    settings = Settings(home=folder, graph="")
    return Context(Workspace(folder), settings, lang="en", say=say)


def _import(city: City, folder: Path, plan: Plan) -> dict[str, Any]:
    context = _context(folder / _WORKSPACE, plan.say)
    started = time.monotonic()
    options = ImportOptions(provided_by="generated", warrant="generated")
    imported = run_import(
        context, [city.folder / _REGISTERS], options, project=True, progress=lambda done, total, name: None
    )
    took = round(time.monotonic() - started, 1)
    return {"import": took, "rows": city.rows, "refused_rows": imported.report.refused_rows}


def _detect(folder: Path, plan: Plan) -> tuple[list[dict[str, Any]], float, dict[str, Any]]:
    started = time.monotonic()
    found = detect(_context(folder / _WORKSPACE, plan.say), plan.queries, plan.given)
    took = round(time.monotonic() - started, 1)
    hits = [hit.to_json("en") for result in found for hit in result.hits]
    told = {
        result.saved.id: {
            "version": result.saved.version,
            "parameters": {name: str(value) for name, value in sorted(result.parameters.items())},
            "seconds": round(result.seconds, 2),
            "truncated": result.truncated,
            "faults": len(result.faults),
            "hits": len(result.hits),
        }
        for result in found
    }
    return hits, took, told


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _dump(path: Path, facts: dict[str, Any]) -> None:
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _make(seed: int, plan: Plan, folder: Path, empty: bool) -> dict[str, Any]:
    """Generate and import a city, unless a run that kept its workspace has done so; returns what is known of it."""
    if (folder / _IMPORTED).exists() and (folder / _WORKSPACE).exists():
        kept: dict[str, Any] = json.loads((folder / _IMPORTED).read_text(encoding="utf-8"))
        return kept
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    started = time.monotonic()
    city = generate_city(seed, plan.preset, folder, difficulty=plan.difficulty, empty=empty)
    generated = round(time.monotonic() - started, 1)
    plan.say(f"seed {seed}{' (empty)' if empty else ''}: {city.rows} rows generated in {generated} s")
    _write(folder / _RULES, [] if empty else rank_by_rule(city.world))
    made = {"generate": generated, "commit": commit(), **_import(city, folder, plan)}
    _dump(folder / _IMPORTED, made)
    return made


def run_city(seed: int, plan: Plan, *, empty: bool = False) -> Path:
    """Run one city unless its folder holds a finished run already; returns that folder.

    A kept city whose `run.json` was removed is not generated again: it is gone through with the queries of today.
    """
    folder = plan.folder / f"{'empty' if empty else 'seed'}-{seed}"
    if (folder / _RUN).exists():
        return folder
    made = _make(seed, plan, folder, empty)
    hits, took, queries = _detect(folder, plan)
    _write(folder / _HITS, hits)
    facts = {
        "seconds": {"generate": made["generate"], "import": made["import"], "detect": took},
        "rows": made["rows"],
        "refused_rows": made["refused_rows"],
        "queries": queries,
        "commit": made["commit"],
        "detected_by": commit(),
    }
    _dump(folder / _RUN, facts)
    plan.say(f"seed {seed}: imported in {made['import']} s, detected in {took} s")
    if not plan.keep:
        for name in (_REGISTERS, _WORKSPACE):
            shutil.rmtree(folder / name, ignore_errors=True)
    return folder


def _by_query(rows: list[dict[str, Any]], truth: CityTruth) -> dict[str, list[Shown]]:
    found: dict[str, list[Shown]] = {}
    for row in rows:
        found.setdefault(row["query"], []).append(read_hit(row, truth))
    return found


def read_city(folder: Path) -> Scored:
    """Judge a finished run."""
    truth, facts = read_truth(folder / "truth"), json.loads((folder / _RUN).read_text(encoding="utf-8"))
    shown, rules = _by_query(_read(folder / _HITS), truth), _by_query(_read(folder / _RULES), truth)
    verdicts = {query: judge(query, shown.get(query, []), truth) for query in facts["queries"]}
    baselines: dict[str, Verdict] = {query: judge(query, rows, truth) for query, rows in rules.items()}
    return Scored(truth, verdicts, baselines, facts["seconds"])


def read_empty(folder: Path) -> EmptyCity:
    """Count the ranked rows of a finished run on an empty city."""
    truth = read_truth(folder / "truth")
    ranked: dict[str, int] = {}
    for hit in _read(folder / _HITS):
        ranked[hit["query"]] = ranked.get(hit["query"], 0) + (hit["state"] == "open")
    return EmptyCity(truth.seed, truth.people, ranked)


def made_from(folders: list[Path], plan: Plan) -> dict[str, Any]:
    """Return what a result was made from: generator commit, preset, seeds, parameters, seconds."""
    facts = [json.loads((folder / _RUN).read_text(encoding="utf-8")) for folder in folders]
    cities = [json.loads((folder / "truth" / "city.json").read_text(encoding="utf-8")) for folder in folders]
    queries: dict[str, Any] = {}
    for one in facts:
        for query, told in one["queries"].items():
            known = queries.setdefault(
                query, {"version": told["version"], "parameters": told["parameters"], "seconds": 0.0}
            )
            known["seconds"] = round(known["seconds"] + told["seconds"], 2)
            known["truncated"] = known.get("truncated", 0) + told["truncated"]
            known["faults"] = known.get("faults", 0) + told["faults"]
    return {
        "commit": sorted({one["commit"] for one in facts}),
        "detected_by": sorted({one["detected_by"] for one in facts}),
        "preset": plan.preset,
        "difficulty": cities[0]["difficulty"],
        "knobs": cities[0]["knobs"],
        "seeds": [one["seed"] for one in cities],
        "queries": queries,
        "seconds": {name: [one["seconds"][name] for one in facts] for name in ("generate", "import", "detect")},
    }
