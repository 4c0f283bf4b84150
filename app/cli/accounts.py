"""`shenwa users`: local accounts of the explorer."""

import json
from pathlib import Path

import click

from app.services import accounts
from app.services.accounts import ROLE_NAMES, operator
from app.services.context import Context
from graph.casebook.users import ROLES
from graph.errors import BadUse

_FILE = click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    help="第一行是口令;不给则在终端询问 / its first line is the password; asked for when absent",
)


def _password(context: Context, path: Path | None) -> str:
    """Return a password from a file or from the keyboard; never from the command line, which others can list."""
    if path is None:
        question = context.text("口令", "password")
        again = context.text("再输入一次", "once more")
        return str(click.prompt(question, hide_input=True, confirmation_prompt=again, err=True))
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadUse(zh=f"口令文件不能读取:{path}", en=f"the password file cannot be read: {path}") from error
    return lines[0] if lines else ""


@click.group()
def users() -> None:
    """图形界面的账户;有账户后须登录 / accounts of the explorer; once there is one, people log in."""


@users.command()
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(ROLES),
    required=True,
    help="承办 handler、室主任 head、案管 keeper、系统管理员 admin / what the account may do",
)
@_FILE
@click.pass_obj
def add(context: Context, name: str, role: str, password_file: Path | None) -> None:
    """新增账户 / make an account."""
    context.workspace.open_or_create()
    made = accounts.add(context, operator(), name, role, _password(context, password_file))
    zh, en = ROLE_NAMES[role]
    click.echo(context.text(f"已新增账户 {made.name}({zh})", f"account {made.name} made ({en})"), err=True)


@users.command("list")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出,一行一个账户 / JSON, one account a line")
@click.pass_obj
def list_(context: Context, as_json: bool) -> int:
    """列出账户 / list the accounts."""
    context.workspace.open_existing()
    found = accounts.listed(context, operator())
    for one in found:
        cases = sorted(one.cases)
        if as_json:
            row = {"name": one.name, "role": one.role, "disabled": one.disabled, "cases": cases}
            click.echo(json.dumps(row, ensure_ascii=False))
            continue
        zh, en = ROLE_NAMES[one.role]
        state = context.text(" 已停用", " disabled") if one.disabled else ""
        click.echo(f"{one.name}  {context.text(zh, en)}{state}  {' '.join(cases)}".rstrip())
    return 0 if found else 1


@users.command()
@click.argument("name")
@click.option("--undo", is_flag=True, help="重新启用 / open it again")
@click.pass_obj
def disable(context: Context, name: str, undo: bool) -> None:
    """停用账户,其登录立即失效 / close an account and end its logins."""
    context.workspace.open_existing()
    accounts.disable(context, operator(), name, not undo)
    done = ("已启用", "opened") if undo else ("已停用", "disabled")
    click.echo(context.text(f"账户 {name} {done[0]}", f"account {name} {done[1]}"), err=True)


@users.command()
@click.argument("name")
@_FILE
@click.pass_obj
def password(context: Context, name: str, password_file: Path | None) -> None:
    """重设口令,其登录立即失效 / set a new password and end the account's logins."""
    context.workspace.open_existing()
    accounts.set_password(context, operator(), name, _password(context, password_file))
    click.echo(context.text(f"账户 {name} 的口令已重设", f"account {name} has a new password"), err=True)


@users.command()
@click.argument("name")
@click.argument("cases", nargs=-1, required=True)
@click.option("--undo", is_flag=True, help="收回 / take them back")
@click.pass_obj
def assign(context: Context, name: str, cases: tuple[str, ...], undo: bool) -> None:
    """把案件分派给账户 / let an account see cases."""
    context.workspace.open_existing()
    accounts.assign(context, operator(), name, cases, withdraw=undo)
    done = ("已收回", "taken back") if undo else ("已分派", "assigned")
    click.echo(context.text(f"{name}:{'、'.join(cases)} {done[0]}", f"{name}: {', '.join(cases)} {done[1]}"), err=True)
