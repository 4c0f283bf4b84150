"""Checking a pack: its files against its list, its list against the casebook, its hits against the data of now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from app.services import trail
from app.services.context import Context
from app.services.deciding import changed, standings
from app.services.identity_review import machine_links, to_review
from app.services.pack.deriving import Asked, Derived, derive
from app.services.pack.dossier import Word
from app.services.pack.making import ACT
from app.services.pack.manifest import MANIFEST, SUMS, Manifest, PackedHit, read_manifest
from graph.casebook.trail import Head
from graph.duck import connect
from graph.ledger.visible import attach_live
from ingest.discovery import sha256

_SHOWN = 8
_HITS = "hits.jsonl"


@dataclass(frozen=True)
class Finding:
    """One sentence of the check.

    Attributes:
        kind: What it is about, a fixed word.
        subject: The file, document or hit.
        differs: The pack no longer says what is so; otherwise it is good to know.
    """

    kind: str
    subject: str
    differs: bool
    zh: str
    en: str

    def to_json(self) -> dict[str, object]:
        """Return it as JSON."""
        return {name: getattr(self, name) for name in ("kind", "subject", "differs", "zh", "en")}


def _different(kind: str, subject: str, zh: str, en: str) -> Finding:
    return Finding(kind, subject, True, zh, en)


def _known(kind: str, subject: str, zh: str, en: str) -> Finding:
    return Finding(kind, subject, False, zh, en)


def _files(folder: Path, made: Manifest) -> Iterator[Finding]:
    listed = {one.path: one.sha256 for one in made.files}
    for path, digest in listed.items():
        file = folder.joinpath(*path.split("/"))
        if not file.is_file():
            yield _different("file_missing", path, f"文件缺失:{path}", f"file missing: {path}")
        elif sha256(file) != digest:
            yield _different("file_altered", path, f"文件被改动:{path}", f"file altered: {path}")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    for path in sorted(there - set(listed) - {MANIFEST, SUMS}):
        yield _different("file_added", path, f"多出文件:{path}", f"a file that is not of the pack: {path}")
    wanted = {**listed, MANIFEST: sha256(folder / MANIFEST)}
    text = "".join(f"{digest}  {path}\n" for path, digest in sorted(wanted.items()))
    sums = folder / SUMS
    if not sums.is_file():
        yield _different("file_missing", SUMS, f"文件缺失:{SUMS}", f"file missing: {SUMS}")
    elif sums.read_bytes() != text.encode():
        yield _different("file_altered", SUMS, f"文件被改动:{SUMS}", f"file altered: {SUMS}")


def _origin(context: Context, folder: Path, made: Manifest) -> Iterator[Finding]:
    """Say where the list is not one that this workspace keeps a line about."""
    if made.workspace != context.workspace.id:
        zh, en = "材料包出自另一个工作区", "the pack comes from another workspace"
        yield _different("foreign", made.workspace, zh, en)
        return
    with context.casebook() as casebook:
        digests = {target for verb, target, _ in casebook.acts() if verb == ACT}
    if sha256(folder / MANIFEST) not in digests:
        zh = f"{MANIFEST} 不是本工作区登记的内容:被改动过,或不是在这里生成的"
        en = f"{MANIFEST} is not as this workspace has it on record: altered, or made elsewhere"
        yield _different("manifest_unknown", MANIFEST, zh, en)


def _log(context: Context, made: Manifest) -> Iterator[Finding]:
    """Say where the audit log is not what was written, or ends before the line that the pack was made after."""
    if made.workspace != context.workspace.id or made.log is None:
        return
    _, faults = trail.verify(context, {"pack": Head(made.log.number, made.log.mac)})
    for fault in faults:
        zh, en = trail.told(fault, "zh"), trail.told(fault, "en")
        yield _different("log", str(fault.number), f"操作日志:{zh}", f"audit log: {en}")


def _documents(context: Context, made: Manifest) -> Iterator[Finding]:
    with connect() as connection:
        attach_live(connection, context.ledger)
        live = {str(doc) for (doc,) in connection.execute("SELECT doc FROM live_documents").fetchall()}
    for one in made.documents:
        if one.doc not in live:
            zh = f"来源已撤回或销毁:{one.file}({one.doc})"
            en = f"source retracted or destroyed: {one.file} ({one.doc})"
            yield _different("source_withdrawn", one.doc, zh, en)


def _shown(items: tuple[str, ...], lang: str) -> str:
    more = len(items) - _SHOWN
    text = ("、" if lang == "zh" else ", ").join(items[:_SHOWN])
    return text + ((f" 等 {len(items)} 处" if lang == "zh" else f" and {more} more") if more > 0 else "")


def _evidence(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Finding]:
    """Say how the evidence of a hit differs; other sources for the same facts are only told."""
    name, facts = str(now["fingerprint"]), then["evidence_digest"] != now["evidence_digest"]
    made = _different if facts else _known
    difference = changed(then, now)
    if facts:
        zh, en = f"疑点 {name} 的证据已变:日期、金额、性质或关系不同", f"the evidence of hit {name} has changed"
        yield _different("evidence_changed", name, zh, en)
    if difference.removed:
        zh = f"疑点 {name} 不再有的出处:{_shown(difference.removed, 'zh')}"
        yield made("sources_gone", name, zh, f"hit {name}: sources gone: {_shown(difference.removed, 'en')}")
    if difference.added:
        zh = f"疑点 {name} 新增的出处:{_shown(difference.added, 'zh')}"
        yield made("sources_new", name, zh, f"hit {name}: new sources: {_shown(difference.added, 'en')}")
    for figure, (before, after) in difference.values.items():
        zh, en = f"疑点 {name} 的 {figure}:{before} → {after}", f"hit {name}, {figure}: {before} -> {after}"
        yield _different("figure_changed", name, zh, en)


def _hit(
    packed: PackedHit, then: Mapping[str, Any] | None, derived: Derived, lang: str, word: Word
) -> Iterator[Finding]:
    name, saved = packed.fingerprint, derived.queries.get(packed.query)
    if saved is None:
        zh, en = f"疑点 {name}:查询 {packed.query} 已不存在", f"hit {name}: there is no query {packed.query} any more"
        yield _different("query_gone", name, zh, en)
        return
    if saved.version != packed.query_version:
        versions = f"{packed.query_version} → {saved.version}"
        zh, en = f"疑点 {name}:查询 {saved.id} 的版本 {versions}", f"hit {name}: version of {saved.id} {versions}"
        yield _known("query_version", name, zh, en)
    hit = derived.hits.get(name)
    if hit is None:
        zh, en = f"疑点 {name} 按现在的数据已不再命中", f"hit {name} is no longer found on the data of now"
        yield _different("hit_gone", name, zh, en)
        return
    if hit.state != packed.state:
        before, after = word(f"hit.{packed.state}"), word(f"hit.{hit.state}")
        zh = f"疑点 {name} 的数据状态:{before} → {after}"
        yield _different("state_changed", name, zh, f"hit {name}: state {packed.state} -> {hit.state}")
    now = hit.to_json(lang)
    if then is None:
        return
    yield from _evidence(then, now)
    if then["evidence_digest"] == packed.evidence_digest == hit.evidence_digest:
        was, is_ = then["explanation"].get(lang), hit.explanation[lang]
        if was != is_ and saved.version == packed.query_version:
            zh, en = f"疑点 {name} 的说明与现在不同", f"hit {name} is now explained in other words"
            yield _known("words_changed", name, zh, en)


def _decisions(context: Context, made: Manifest, derived: Derived, word: Word) -> Iterator[Finding]:
    hits = [hit.to_json() for hit in derived.hits.values()]
    with context.casebook() as casebook:
        stands = standings(casebook, hits)
        review = to_review(casebook, machine_links(context)).hits
    for one in made.hits:
        now = stands.get(one.fingerprint)
        if now is not None and now.state != one.decision:
            before, after = word(f"decide.state_{one.decision}"), word(f"decide.state_{now.state}")
            zh = f"疑点 {one.fingerprint} 的处理状态:{before} → {after}"
            yield _known("decided_since", one.fingerprint, zh, f"hit {one.fingerprint}: {before} -> {after}")
        for undone in review.get(one.fingerprint, ()):
            number = undone.merge.id
            zh = f"疑点 {one.fingerprint} 需复核:所依据的身份合并(第 {number} 号)已撤销"
            en = f"hit {one.fingerprint} has to be looked at again: merge {number} that it rested on was undone"
            yield _different("merge_undone", one.fingerprint, zh, en)


def _packed_hits(folder: Path, made: Manifest) -> dict[str, Mapping[str, Any]]:
    """Return the hits as packed; none where the file is not as packed, which is said already."""
    file, listed = folder / _HITS, {one.path: one.sha256 for one in made.files}
    if not file.is_file() or sha256(file) != listed.get(_HITS):
        return {}
    return {str(hit["fingerprint"]): hit for hit in map(orjson.loads, file.read_bytes().splitlines())}


def verify(context: Context, folder: Path, word: Word) -> list[Finding]:
    """Check a pack.

    Args:
        context: The workspace that it is checked against.
        folder: The pack.
        word: The words of the context's language.

    Returns:
        Everything worth saying; the pack holds when nothing of it `differs`.

    Raises:
        NoPack: The folder is no pack.
        BadUse: The workspace is empty.
    """
    made = read_manifest(folder)
    context.need_data()
    found = [*_files(folder, made), *_origin(context, folder, made), *_log(context, made)]
    if made.workspace != context.workspace.id:
        return found
    found += _documents(context, made)
    held = [{role: tuple(ids) for role, ids in one.holders.items()} for one in made.hits]
    wanted = [
        Asked(one.fingerprint, one.query, one.parameters, one.rank, holders)
        for one, holders in zip(made.hits, held, strict=True)
    ]
    derived = derive(context, made.reader, wanted)
    then = _packed_hits(folder, made)
    for one in made.hits:
        found += _hit(one, then.get(one.fingerprint), derived, made.lang, word)
    return [*found, *_decisions(context, made, derived, word)]
