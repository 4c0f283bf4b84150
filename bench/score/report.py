"""Writes the figures of a run as JSON and as one page for people."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.score.baselines import RULES

ROOT = Path(__file__).parents[2]
_BAR = {
    "macro_ap": ("macro AP", ">= .5"),
    "macro_ap_explained": ("macro AP, explained", ""),
    "r_precision": ("R-precision", ">= .6"),
    "recall_at_20": ("recall@20", ">= .75"),
    "decoy_rate_at_6": ("decoy rate@6", "<= .2"),
    "innocents_in_top20": ("innocent officials in a top 20", "<= .03"),
    "empty_city_per_1000": ("ranked rows per 1,000 people, empty city", "<= 1"),
    "evidence_completeness": ("evidence completeness", ">= .9"),
    "hidden_recall_at_20": ("hidden links, recall@20", ">= .5"),
    "hidden_best_baseline": ("hidden links, best baseline", ""),
}
_COLUMNS = {
    "ap": "AP",
    "ap_explained": "AP explained",
    "r_precision": "R-precision",
    "recall_at_20": "recall@20",
    "decoy_rate_at_6": "decoy rate@6",
    "innocents_in_top20": "innocents",
    "empty_city_per_1000": "empty /1,000",
    "evidence_completeness": "evidence",
    "findable_by_identifiers": "findable",
}


def commit() -> str:
    """Return the commit of the generator, marked when the tree holds changes to it; `unknown` outside a repository."""
    command = ["git", "describe", "--always", "--abbrev=12", "--exclude=*", "--dirty=+changed"]
    try:
        said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return said.stdout.strip()


def write_result(folder: Path, figures: dict[str, Any], made_from: dict[str, Any]) -> None:
    """Write `result.json` and `result.md`.

    Args:
        folder: Where to.
        figures: As `results` returns them.
        made_from: Generator commit, preset, difficulty, seeds, parameters of the queries, seconds.
    """
    text = json.dumps({**figures, "made_from": made_from}, ensure_ascii=False, indent=1) + "\n"
    (folder / "result.json").write_text(text, encoding="utf-8")
    (folder / "result.md").write_text(page(figures, made_from), encoding="utf-8")


def shown(figure: Any) -> str:
    """Return a figure with its interval, or a dash."""
    if not isinstance(figure, dict):
        return "–" if figure is None else f"{figure:.3f}"
    if figure["value"] is None:
        return "–"
    if figure["low"] is None:
        return f"{figure['value']:.3f}"
    return f"{figure['value']:.3f} ({figure['low']:.3f} to {figure['high']:.3f})"


def page(figures: dict[str, Any], made_from: dict[str, Any]) -> str:
    """Return the page of a run."""
    seeds: Sequence[int] = made_from["seeds"]
    lines = [
        "# Generated cities: what the saved queries find",
        "",
        f"Preset {made_from['preset']}, difficulty {made_from['difficulty']}, seeds {_ranges(seeds)}, "
        f"generator {', '.join(made_from['commit'])}, queries {', '.join(made_from['detected_by'])}. "
        "Intervals: 95 % bootstrap over cities.",
        "",
        "| figure | value | bar | n |",
        "|---|---|---|---|",
    ]
    for name, (words, bar) in _BAR.items():
        figure = figures[name]
        value = figure.get("reason") or shown(figure)
        lines.append(f"| {words} | {value} | {bar} | {figure['n']} |")
    if min(seeds) < 10:
        lines += ["", "Seeds below 10 are for development: these figures may not be quoted."]
    lines += ["", "## By typology", "", f"| query | schemes | {' | '.join(_COLUMNS.values())} | one-line rule, AP |"]
    lines.append("|" + "---|" * (len(_COLUMNS) + 3))
    for query, found in figures["typologies"].items():
        cells = [shown(found[name]) for name in _COLUMNS]
        lines.append(f"| {query} | {found['ap']['n']} | {' | '.join(cells)} | {shown(found['baseline_ap'])} |")
    lines += [
        "",
        "`findable`: share of the schemes of which the registers hold enough, by identifiers alone; the rest is",
    ]
    lines += ["told by no register of the city, and no query over registers can find it.", ""]
    lines += _losses(figures)
    lines += ["## One-line rules", ""]
    lines += [f"- {query}: {RULES[query][0]}" for query in figures["typologies"] if query in RULES]
    if figures["without_query"]:
        lines += [
            "",
            f"Planted, but no saved query that looks for them was run: {', '.join(figures['without_query'])}.",
        ]
    lines += ["", "## Parameters and time", ""]
    for query, facts in made_from["queries"].items():
        settings = ", ".join(f"{name} {value}" for name, value in facts["parameters"].items())
        lines.append(f"- {query} (version {facts['version']}): {settings}; {facts['seconds']} s in all cities")
    lines += ["", f"Seconds for each city: {made_from['seconds']}.", ""]
    return "\n".join(lines)


def _losses(figures: dict[str, Any]) -> list[str]:
    lines = ["## What was lost, and which look-alikes were ranked", ""]
    for query, found in figures["typologies"].items():
        lost = ", ".join(f"{cause} {count}" for cause, count in found["lost"].items()) or "none"
        decoys = ", ".join(f"{reason} {share}" for reason, share in found["decoys_ranked"].items())
        rows = f"{found['ranked_rows']} ranked, {found['duplicates']} duplicates, {found['background_rows']} background"
        lines.append(f"- {query}: lost: {lost}; look-alikes ranked: {decoys}; {rows}")
    return [*lines, ""]


def _ranges(seeds: Sequence[int]) -> str:
    ordered = sorted(seeds)
    whole = ordered == list(range(ordered[0], ordered[-1] + 1)) and len(ordered) > 2
    return f"{ordered[0]}–{ordered[-1]}" if whole else ", ".join(map(str, ordered))
