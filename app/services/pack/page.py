"""The pack as one page for printing: no script, nothing loaded from anywhere, A4."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files as resources

from app.services.pack.dossier import Dossier, Head
from app.services.pack.svg import svg

_STYLE = resources("app.services.pack").joinpath("page.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; cells are HTML already. Without names of columns it has no head."""
    names = "".join(f"<th>{escape(one)}</th>" for one in heads)
    head = f"<thead><tr>{names}</tr></thead>" if heads else ""
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{head}<tbody>{body}</tbody></table>"


def _list(items: Iterable[str], nothing: str) -> str:
    found = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<ul>{found}</ul>" if found else f'<p class="note">{escape(nothing)}</p>'


def _pairs(pairs: Iterable[tuple[str, str]], kind: str = "") -> str:
    found = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in pairs)
    return f'<dl class="{kind}">{found}</dl>'


def _picture(one: Dossier, head: Head) -> str:
    notes = [f"({number}) {text}" for number, text in one.drawing.notes]
    notes += [head.word("pack.picture_more", count=one.left_out)] if one.left_out else []
    told = "".join(f"<br>{escape(note)}" for note in notes)
    legend = escape(head.word("pack.legend"))
    return f'<figure>{svg(one.drawing, one.hit.fingerprint)}<p class="note">{legend}{told}</p></figure>'


def _sources(one: Dossier, head: Head) -> str:
    word = head.word
    rows = [
        (
            str(number),
            escape(cited.about),
            f'<a href="passages/{escape(cited.doc)}.txt">{escape(cited.place)}</a>',
            escape(cited.claim),
            escape(cited.quote),
        )
        for number, cited in enumerate(one.cited, start=1)
    ]
    return _table(["", word("pack.about"), word("pack.place"), word("pack.claim"), word("pack.quote")], rows)


def _looked(one: Dossier, head: Head) -> str:
    word = head.word
    rows = [
        (
            escape(item.when),
            f"<b>{escape(item.state)}</b>" if item.found else escape(item.state),
            escape(item.check) + "".join(f"<br>{escape(where)}" for where in item.places),
        )
        for item in one.looked
    ]
    return _table([word("pack.clears"), word("hit.looked"), word("hit.how_to_check")], rows)


def _article(one: Dossier, head: Head) -> str:
    word, hit = head.word, one.hit
    events = [
        (f'<span class="day">{event.day}{" – " + event.until if event.until else ""}</span>', escape(event.text))
        for event in one.events
    ]
    parties = [tuple(map(escape, (party.role, party.type, party.name, party.code))) for party in one.parties]
    party_heads = [word("pack.roles"), word("common.kind"), word("common.name"), word("common.number")]
    decided = word(f"decide.state_{one.standing.state}")
    parameters = "\n".join(f"{name} = {value}" for name, value in sorted(one.parameters.items()))
    parts = [
        f'<article id="{hit.fingerprint}"><h2>{escape(one.title)} <span class="tag">{escape(one.state)}</span></h2>',
        f'<p class="note">{escape(word("pack.number"))} {hit.fingerprint} · {escape(hit.query)} v{hit.version} ·'
        f" {escape(word('decide.stands'))}:{escape(decided)}</p>",
        _pairs(one.sentences, "six"),
        _table(party_heads, parties),
        f"<h3>{escape(word('pack.picture'))}</h3>{_picture(one, head)}",
        f"<h3>{escape(word('pack.timeline'))}</h3>{_table([], events)}",
        f"<h3>{escape(word('pack.sources'))}</h3>{_sources(one, head)}",
        f"<h3>{escape(word('pack.missing'))}</h3>{_list(one.missing, word('pack.none'))}",
        f"<h3>{escape(word('pack.clears'))}</h3>{_looked(one, head)}",
        f"<h3>{escape(word('pack.decisions'))}</h3>{_list(one.steps, word('pack.no_decisions'))}",
        f'<div class="opinion"><b>{escape(word("pack.opinion"))}</b>',
        f"<small>{escape(word('pack.signature'))}</small></div>",
        f"<h3>{escape(word('pack.query'))}</h3><pre>{escape(parameters)}</pre><pre>{escape(one.saved.query.strip())}</pre>",
        f'<p class="foot">{escape(one.footer)}</p></article>',
    ]
    return "".join(parts)


def page(head: Head, found: Sequence[Dossier], files: Mapping[str, str]) -> bytes:
    """Return the page.

    Args:
        head: Of the pack.
        found: The hits.
        files: Path in the pack -> what it is.
    """
    word = head.word
    title = escape(word("pack.title"))
    facts = [
        (word("pack.made"), f"{head.made:%Y-%m-%d %H:%M:%S}"),
        (word("pack.made_by"), head.by),
        (word("pack.data"), head.data),
        (word("pack.scope"), head.scope),
    ]
    links = [
        (
            f'<a href="#{one.hit.fingerprint}">{one.hit.fingerprint}</a>',
            escape(one.title),
            escape(one.state),
            escape(one.problem),
        )
        for one in found
    ]
    listed = [(f'<a href="{escape(name)}">{escape(name)}</a>', escape(what)) for name, what in files.items()]
    heads = [word("pack.number"), word("pack.model"), word("detect.state"), word("pack.problem")]
    parts = [
        f'<!doctype html><html lang="{"zh-CN" if head.lang == "zh" else "en"}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><title>{title}</title>',
        f"<style>{_STYLE.read_text(encoding='utf-8')}</style></head><body><h1>{title}</h1>{_pairs(facts)}",
        f"<h3>{escape(word('pack.contents'))}</h3>{_table(heads, links)}",
        *(_article(one, head) for one in found),
        f"<article><h2>{escape(word('pack.files'))}</h2>{_table([], listed)}</article></body></html>\n",
    ]
    return "".join(parts).encode()
