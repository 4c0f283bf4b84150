"""The command line: global options, exit codes, and errors as one sentence."""

import signal
import sys
from pathlib import Path
from typing import NoReturn, get_args

import click

from app.cli.usage import usage_sentence
from app.services.context import Context
from graph.errors import Interrupted, Lang, ShenwaError, SystemRefused
from graph.settings import read_settings
from graph.workspace import Workspace, disk_full_told

COMMANDS = (
    "app.cli.demo:demo",
    "app.cli.importing:import_command",
    "app.cli.extracting:extract",
    "app.cli.detecting:detect",
    "app.cli.detecting:explain",
    "app.cli.packing:pack",
    "app.cli.querying:query",
    "app.cli.registering:register",
    "app.cli.searching:search",
    "app.cli.following:path",
    "app.cli.auditing:audit",
    "app.cli.related:related",
    "app.cli.exporting:export",
    "app.cli.serving:app",
    "app.cli.accounts:users",
    "app.cli.resolving:resolve",
    "app.cli.keeping:retract",
    "app.cli.keeping:purge",
    "app.cli.keeping:rebuild",
    "app.cli.keeping:doctor",
)


# Every verb is written to the audit log before it is done, but those that show or change no content of a case.
UNLOGGED = frozenset({"demo", "extract", "query", "register", "app", "rebuild", "doctor"})


class Lazy(click.Group):
    """Loads a verb's module when it is asked for, so that `--help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of use."""
        return [entry.split(":")[1].removesuffix("_command") for entry in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one verb."""
        for entry in COMMANDS:
            module, name = entry.split(":")
            if name.removesuffix("_command") == cmd_name:
                found = getattr(__import__(module, fromlist=[name]), name)
                return found if isinstance(found, click.Command) else None
        return None


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--workspace", type=click.Path(path_type=Path), help="工作区文件夹 / workspace folder")
@click.option("--lang", type=click.Choice(get_args(Lang)), help="语言 / language")
@click.option("--no-wait", is_flag=True, help="工作区被占用时不等待 / do not wait for a busy workspace")
@click.version_option(package_name="shenwa", prog_name="shenwa")
@click.pass_context
def cli(ctx: click.Context, workspace: Path | None, lang: Lang | None, no_wait: bool) -> None:
    """深挖 shenwa:从案卷和登记表中发现案中案 / find the case within the case."""
    words: list[str] = ctx.obj
    settings = read_settings()
    ctx.obj = Context(
        workspace=Workspace(workspace or settings.home),
        settings=settings,
        lang=lang or settings.lang,
        say=lambda line: click.echo(line, err=True),
        wait=not no_wait,
    )
    if ctx.invoked_subcommand not in UNLOGGED and not {"-h", "--help"}.intersection(words):
        from app.services.accounts import operator  # these take a while to load, and `--help` needs none of them
        from app.services.trail import record

        record(ctx.obj, operator().name, str(ctx.invoked_subcommand), "", words=words)


def _lang(arguments: list[str]) -> Lang:
    """Find the language before the options are parsed, for errors in the options themselves."""
    for at, word in enumerate(arguments):
        value = word.partition("=")[2] if word.startswith("--lang=") else "".join(arguments[at + 1 : at + 2])
        if word.startswith("--lang"):
            return "en" if value == "en" else "zh"
    try:
        return read_settings().lang
    except ShenwaError:
        return "zh"


class _Stopping:
    """Remembers that somebody asked to stop: an engine at work may answer the signal with an error of its own."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self, number: int, frame: object) -> None:
        self.asked = True
        raise KeyboardInterrupt


def _interrupted(words: list[str]) -> NoReturn:
    click.echo(Interrupted().sentence(_lang(words)), err=True)
    sys.exit(Interrupted.exit_code)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code; an error is one sentence, never a traceback."""
    words = sys.argv[1:] if arguments is None else arguments
    stopping = _Stopping()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stopping)
    try:
        with disk_full_told(Path()):
            code = cli.main(args=words, prog_name="shenwa", standalone_mode=False, obj=list(words))
        sys.exit(code if isinstance(code, int) else 0)
    except ShenwaError as error:
        click.echo(error.sentence(_lang(words)), err=True)
        sys.exit(error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        click.echo(usage_sentence(error, _lang(words)), err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        told = SystemRefused(path=error.filename or "", reason=error.strerror or error)
        click.echo(told.sentence(_lang(words)), err=True)
        sys.exit(told.exit_code)
    except (KeyboardInterrupt, click.Abort):
        _interrupted(words)
    except Exception:
        if not stopping.asked:
            raise
        _interrupted(words)
