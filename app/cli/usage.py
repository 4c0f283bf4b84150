"""What click says about a command line that cannot be used, as one sentence in the user's language."""

import re

import click

from graph.errors import Lang

_NO_COMMAND = re.compile(r"No such command '(.*)'")


def _told(error: click.ClickException) -> str:
    """Return the Chinese of what went wrong; click's own words where there is no better way to say it."""
    if isinstance(error, click.NoSuchOption):
        return f"没有这个选项:{error.option_name}"
    if isinstance(error, click.MissingParameter):
        name = error.param.get_error_hint(error.ctx) if error.param is not None and error.ctx is not None else ""
        return f"缺少 {name or error.param_hint}"
    if isinstance(error, click.BadParameter):
        name = error.param.get_error_hint(error.ctx) if error.param is not None and error.ctx is not None else ""
        return f"{name or error.param_hint} 的值不能使用({error.message})"
    if isinstance(error, click.FileError):
        return f"文件不能打开:{error.ui_filename}"
    unknown = _NO_COMMAND.match(error.format_message())
    return f"没有这个命令:{unknown[1]}" if unknown else f"命令不能识别({error.format_message()})"


def usage_sentence(error: click.ClickException, lang: Lang) -> str:
    """Return the sentence for a wrong command line: what is wrong, and where the options are told."""
    context = getattr(error, "ctx", None)
    command = f"{context.command_path} --help" if isinstance(context, click.Context) else "shenwa --help"
    if lang == "zh":
        return f"用法有误:{_told(error)};查看用法:{command}"
    return f"wrong usage: {error.format_message().rstrip('.')}; see {command}"
