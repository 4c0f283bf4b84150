"""`shenwa extract`."""

from pathlib import Path

import click

from app.cli.output import json_lines
from app.services.context import Context
from app.services.extracting import Read, extract_files, read_files
from graph.errors import BadUse
from ingest.readers.wording import describe
from nlp.extraction import Extraction


def _tell(context: Context, read: Read) -> None:
    """Say on stderr what was not read, and what was recognised from a picture."""
    if read.fault is not None:
        click.echo(read.fault.sentence(context.lang), err=True)
        return
    if read.content is None:
        return
    for note in read.content.notes:
        click.echo(describe(note, read.shown, context.lang), err=True)
    if not read.content.verified:
        zh, en = "含图像识别的文字,未经核对", "holds text recognised from pictures, not verified"
        click.echo(f"{read.shown}: {context.text(zh, en)}", err=True)


def _people(context: Context, read: Read, found: Extraction) -> None:
    """Print what a file says, for people."""
    content = read.content
    if content is None:
        return
    click.echo(f"# {read.shown}")
    for tie in found.relations:
        ends = f"{found.mentions[tie.source].text} → {found.mentions[tie.target].text}"
        more = ", ".join(f"{key}={value}" for key, value in tie.attributes.items())
        who = "" if tie.speaker is None else f" {context.text('陈述人', 'speaker')} {found.mentions[tie.speaker].text}"
        denied = context.text(" 否定", " negated") if tie.negated else ""
        page = context.text(f"第{content.page_of(tie.start)}页", f"page {content.page_of(tie.start)}")
        click.echo(f"{tie.type} {ends} [{tie.claim}{denied}{who}] {more} ({page} c:{tie.start}-{tie.end} {tie.method})")
    for one in found.mentions:
        if one.refers_to == one.index:
            value = "" if one.value is None else f" = {one.value}"
            click.echo(f"{one.type} {one.text}{value} (c:{one.start}-{one.end})")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--json", "as_json", is_flag=True, help="以 JSON 输出提及与关系 / mentions and relations as JSON on stdout"
)
@click.option(
    "--text", "as_text", is_flag=True, help="输出读到的文字,即全部位置的基准 / the text that all places count in"
)
@click.option("--encoding", help="编码,如 gb18030 / encoding instead of the detected one")
@click.pass_obj
def extract(context: Context, files: tuple[Path, ...], as_json: bool, as_text: bool, encoding: str | None) -> int:
    """从案卷文字中能读出什么,不导入 / what would be read from text files, without importing them."""
    if as_json and as_text:
        raise BadUse(zh="--json 与 --text 只能用一个", en="--json and --text do not go together")
    readable = found_any = 0
    reads = read_files(files, encoding)
    if as_text:
        for read in reads:
            _tell(context, read)
            if read.content is not None:
                readable += 1
                click.echo(read.content.text, nl=False)
        found_any = readable
    else:
        for read, found in extract_files(reads):
            _tell(context, read)
            if found is None:
                continue
            readable += 1
            found_any += len(found.mentions)
            if as_json:
                json_lines(found.lines(read.shown))
            else:
                _people(context, read, found)
    if not readable:
        raise BadUse(zh="没有读到任何文字,原因见上", en="no text was read, the reasons stand above")
    return 0 if found_any else 1
