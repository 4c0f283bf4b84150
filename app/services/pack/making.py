"""Making a pack: hits found again, their papers written, the folder moved into place whole."""

import os
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version as installed
from io import BytesIO
from pathlib import Path

import orjson

from app.services import trail
from app.services.accounts import READ, Actor
from app.services.context import Context
from app.services.pack.deriving import Asked, Derived, cited_by, derive
from app.services.pack.dossier import Dossier, Head, Word, dossiers, scope_in_words
from app.services.pack.manifest import (
    MANIFEST,
    SUMS,
    LogHead,
    Manifest,
    PackedDocument,
    PackedHit,
    digest_of,
    listed,
    sums,
)
from app.services.pack.page import page
from app.services.pack.passages import Document, Passages, without_reporter
from app.services.pack.plain import shown
from app.services.pack.sheet import sheet
from app.services.pack.subgraph import holders
from app.services.pack.tables import graph_files
from graph.casebook.decisions import Step
from graph.errors import BadUse, Lang, ShenwaError
from graph.store.base import Scope, Version
from graph.workspace import disk_full_told
from queries.hit import Evidence, Hit

_STALE_SECONDS = 3600
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
ACT = "pack"


class HitGone(ShenwaError):
    """A hit is no longer found on the data of now, within what its reader may see."""

    exit_code = 1
    zh = "疑点 {hit} 按现在的数据和查看范围已不再命中,未生成材料包"
    en = "hit {hit} is no longer found on the data of now, within what may be seen; no pack was made"


@dataclass(frozen=True)
class Pack:
    """A pack as files in memory.

    Attributes:
        files: Path with slashes -> content.
        digest: SHA-256 of its list.
        hits: The hits in it.
    """

    files: Mapping[str, bytes]
    digest: str
    hits: tuple[Hit, ...]


def _data(version: Version) -> str:
    return f"ledger {version.ledger} · casebook {version.casebook} · {version.projection} · {version.engine}"


def _step(fingerprint: str, step: Step) -> dict[str, object]:
    kept = {name: getattr(step, name) for name in ("id", "state", "reason", "number", "note", "actor", "confirms")}
    return {"fingerprint": fingerprint, **kept, "at": step.at.isoformat(), "evidence_digest": step.digest}


def _lines(rows: Sequence[Mapping[str, object]]) -> bytes:
    return b"".join(orjson.dumps(row, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE) for row in rows)


def _told(hit: Hit, lang: Lang) -> dict[str, object]:
    """Return the JSON of a hit, in whose quotes nobody is named as the one who reported."""

    def piece(one: Evidence) -> Evidence:
        return replace(one, quote=without_reporter(one.quote, lang))

    clears = [replace(clear, evidence=tuple(map(piece, clear.evidence))) for clear in hit.clears]
    return replace(hit, evidence=list(map(piece, hit.evidence)), clears=clears).to_json(lang)


def _contents(found: Sequence[Dossier], documents: Sequence[Document], head: Head) -> dict[str, bytes]:
    """Return the files that say what the hits are, but for the page that lists them and the graph."""
    lang = head.lang
    files = {f"sheet-{one.hit.fingerprint}.docx": sheet(one, head) for one in found}
    files["hits.jsonl"] = _lines([_told(one.hit, lang) for one in found])
    files["decisions.jsonl"] = _lines(
        [_step(one.hit.fingerprint, step) for one in found for step in one.standing.steps]
    )
    for document in documents:
        files[f"passages/{document.doc}.txt"] = document.text.encode()
    for one in found:
        name = f"query/{one.saved.id}-{one.hit.fingerprint}"
        files[f"query/{one.saved.id}.cypher"] = one.saved.query.strip().encode() + b"\n"
        files[f"{name}.json"] = orjson.dumps(
            {"query": one.saved.id, "version": one.saved.version, "parameters": dict(one.parameters)},
            option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE,
        )
    return files


_WHAT = (
    ("sheet-", "pack.file_sheet"),
    ("hits.jsonl", "pack.file_hits"),
    ("decisions.jsonl", "pack.file_decisions"),
    ("graph.", "pack.file_graph"),
    ("passages/", "pack.file_passages"),
    ("query/", "pack.file_query"),
)


def _named(paths: Sequence[str], documents: Sequence[Document], word: Word) -> dict[str, str]:
    """Return what each file is, for the page."""
    found = {path: word(next(key for start, key in _WHAT if path.startswith(start))) for path in sorted(paths)}
    for document in documents:
        found[f"passages/{document.doc}.txt"] += f" · {shown(document.file)}"
    return {**found, MANIFEST: word("pack.file_manifest"), SUMS: word("pack.file_manifest")}


def _packed(one: Dossier) -> PackedHit:
    held: dict[str, list[str]] = {}
    for role, holder in holders(one.hit):
        held.setdefault(role, []).append(holder.id)
    return PackedHit(
        fingerprint=one.hit.fingerprint,
        query=one.saved.id,
        query_version=one.saved.version,
        parameters=dict(one.parameters),
        rank=one.hit.rank,
        state=one.hit.state,
        evidence_digest=one.hit.evidence_digest,
        decision=one.standing.state,
        holders=held,
    )


def _log_head(context: Context) -> LogHead | None:
    head = trail.head(context)
    return LogHead(number=head.number, mac=head.mac) if head is not None else None


def _files(context: Context, derived: Derived, scope: Scope, wanted: Sequence[Asked], head: Head) -> Pack:
    found = dossiers(context, derived, wanted, head)
    hits = tuple(one.hit for one in found)
    documents = Passages(context, head.lang).documents([one for hit in hits for one in cited_by(hit)])
    files = _contents(found, documents, head) | graph_files(derived, hits, scope)
    files["index.html"] = page(head, found, _named(list(files), documents, head.word))
    made = Manifest(
        program=installed("shenwa"),
        workspace=context.workspace.id,
        made=f"{head.made.isoformat()}Z",
        by=head.by,
        lang=head.lang,
        scope="all" if scope.cases == "all" else sorted(scope.cases),
        data=derived.version,
        log=_log_head(context),
        hits=[_packed(one) for one in found],
        documents=[PackedDocument(doc=one.doc, file=one.file, sha256=one.sha256) for one in documents],
        files=listed(files),
    ).to_bytes()
    files[MANIFEST] = made
    return Pack({**files, SUMS: sums(files)}, digest_of(made), hits)


def make(
    context: Context,
    actor: Actor,
    wanted: Sequence[Asked],
    word: Word,
    *,
    made: datetime | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Pack:
    """Find hits again and write their papers, in memory; the same data and time give the same bytes.

    Args:
        context: The workspace.
        actor: Who makes it: nothing outside of what that person may see is looked at.
        wanted: Which hits.
        word: The words of the context's language.
        made: Naive UTC; now when absent.
        cancel: Asked between batches.

    Raises:
        NotAllowed: The role sees no content.
        HitGone: A hit is not found again.
        Interrupted: `cancel` said so.
    """
    actor.need(READ)
    scope = actor.scope
    chosen = list({one.fingerprint: one for one in wanted}.values())
    derived = derive(context, scope, chosen, cancel)
    for one in chosen:
        if one.fingerprint not in derived.hits:
            raise HitGone(hit=one.fingerprint)
    moment = made or datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    head = Head(context.lang, word, moment, actor.name, _data(derived.version), scope_in_words(scope, word))
    return _files(context, derived, scope, chosen, head)


def note(context: Context, actor: Actor, pack: Pack) -> None:
    """Keep in the casebook that a pack was made: without such a line, `--verify` does not take it for one of ours."""
    with context.casebook() as casebook:
        casebook.note_act(actor.name, ACT, pack.digest, " ".join(hit.fingerprint for hit in pack.hits))


def _forget_stale(target: Path) -> None:
    """Remove what a killed run for the same folder left behind."""
    for path in target.parent.glob(f".{target.name}.*.part"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(path)


@contextmanager
def _refusals(target: Path) -> Iterator[None]:
    try:
        with disk_full_told(target):
            yield
    except PermissionError as error:
        raise BadUse(zh=f"没有权限写入:{target}", en=f"no permission to write {target}") from error


def check_target(target: Path) -> None:
    """See that a folder can be made there.

    Raises:
        BadUse: Something of that name is there, or the folder above is not.
    """
    if target.exists() or target.is_symlink():
        zh = f"已存在,不覆盖:{target};请另给一个名字"
        raise BadUse(zh=zh, en=f"{target} exists and is not overwritten; give another name")
    if not target.absolute().parent.is_dir():
        zh = f"不能写入:{target}(上级文件夹不存在)"
        raise BadUse(zh=zh, en=f"cannot write {target}: the folder above does not exist")


def write(context: Context, actor: Actor, pack: Pack, target: Path) -> None:
    """Write a pack as a folder, whole or not at all.

    Raises:
        BadUse: The folder exists, or cannot be made there.
        DiskFull: No room.
    """
    check_target(target)
    target = target.absolute()
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    _forget_stale(target)
    with _refusals(target):
        try:
            part.mkdir(mode=0o700)
            for name, body in pack.files.items():
                path = part.joinpath(*name.split("/"))
                path.parent.mkdir(exist_ok=True, mode=0o700)
                with path.open("wb") as stream:
                    stream.write(body)
                    stream.flush()
                    os.fsync(stream.fileno())
            note(context, actor, pack)
            part.rename(target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


def zipped(pack: Pack, folder: str) -> bytes:
    """Return a pack as a ZIP file with one folder in it."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, body in sorted(pack.files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _ZIP_EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(entry, body)
    return out.getvalue()
