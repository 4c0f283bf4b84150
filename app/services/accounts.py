"""Who is at work, what that person may see and do, and the changing of accounts; every service asks here."""

import getpass
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from app.services.context import Context
from app.services.trail import record
from graph.casebook.users import Account
from graph.errors import Lang, ShenwaError
from graph.store.base import EVERYTHING, Scope

READ, DECIDE, ASSIGN, ACCOUNTS = "read", "decide", "assign", "accounts"
# 承办 works on assigned cases; 室主任 on all, and hands them out; 案管 watches over all and hands them out, and decides
# on none; 系统管理员 looks after accounts and sees no content.
RIGHTS = {
    "handler": frozenset({READ, DECIDE}),
    "head": frozenset({READ, DECIDE, ASSIGN}),
    "keeper": frozenset({READ, ASSIGN}),
    "admin": frozenset({ACCOUNTS}),
}
SEES_ALL = frozenset({"head", "keeper"})
ROLE_NAMES = {
    "handler": ("承办", "handler"),
    "head": ("室主任", "head of office"),
    "keeper": ("案管", "case keeper"),
    "admin": ("系统管理员", "administrator"),
}


class NotAllowed(ShenwaError):
    """A person's role does not allow what was asked for."""

    zh = "您的角色({role_zh})不能进行这项操作"
    en = "your role ({role_en}) does not allow this"


class LoginNeeded(ShenwaError):
    """Nobody is logged in, or the login has ended."""

    zh = "尚未登录,或登录已过期;请重新登录"
    en = "nobody is logged in, or the login has ended; log in again"


@dataclass(frozen=True)
class Actor:
    """The person at work.

    Attributes:
        name: Of the account; of the operating system's where there are no accounts.
        role: One of `graph.casebook.users.ROLES`; None without accounts: one person, who may do everything.
        cases: What an account may see besides registers, unless its role sees all.
    """

    name: str
    role: str | None = None
    cases: frozenset[str] = frozenset()

    def may(self, right: str) -> bool:
        """Tell whether the person may do something."""
        return self.role is None or right in RIGHTS.get(self.role, frozenset())

    def need(self, right: str) -> None:
        """See that the person may do something.

        Raises:
            NotAllowed: The role does not allow it.
        """
        if not self.may(right):
            zh, en = ROLE_NAMES.get(str(self.role), ("?", "?"))
            raise NotAllowed(role_zh=zh, role_en=en)

    @property
    def scope(self) -> Scope:
        """What the person may see.

        Raises:
            NotAllowed: Nothing at all.
        """
        self.need(READ)
        return EVERYTHING if self.role is None or self.role in SEES_ALL else Scope(self.cases)

    def title(self, lang: Lang) -> str:
        """Return name and role as shown."""
        if self.role is None:
            return self.name
        zh, en = ROLE_NAMES[self.role]
        return f"{self.name}({zh})" if lang == "zh" else f"{self.name} ({en})"


def operator() -> Actor:
    """Return the person at the keyboard of this machine, who may do everything: the files are theirs."""
    try:
        return Actor(getpass.getuser())
    except (OSError, KeyError, ImportError):  # an account without a name, as in some containers
        return Actor("?")


def has_accounts(context: Context) -> bool:
    """Tell whether people have to log in."""
    if not context.workspace.path.exists():
        return False
    with context.casebook() as casebook:
        return casebook.users.any()


def enter(context: Context, name: str, password: str) -> str:
    """Log in; return the secret that the browser keeps.

    Raises:
        WrongLogin: Name, password, or both.
        TooManyTries: Somebody guessed at this account just now.
    """
    try:
        with context.casebook() as casebook:
            made = casebook.logins.enter(name, password)
    except ShenwaError:
        record(context, name, "login refused")
        raise
    record(context, name, "login")
    return made


def leave(context: Context, token: str) -> None:
    """Log out."""
    with context.casebook() as casebook:
        casebook.logins.leave(token)


def who(context: Context, token: str | None) -> Actor:
    """Return the person whom a browser's secret belongs to; the operator where there are no accounts.

    Raises:
        LoginNeeded: There are accounts, and the secret is unknown or ended.
    """
    if not context.workspace.path.exists():
        return operator()
    with context.casebook() as casebook:
        if not casebook.users.any():
            return operator()
        idle = timedelta(minutes=context.settings.session_minutes)
        account = casebook.logins.look(token, idle) if token else None
    if account is None:
        raise LoginNeeded
    return Actor(account.name, account.role, account.cases)


def listed(context: Context, actor: Actor) -> list[Account]:
    """Return all accounts.

    Raises:
        NotAllowed: The actor neither looks after accounts nor hands out cases.
    """
    if not actor.may(ASSIGN):
        actor.need(ACCOUNTS)
    with context.casebook() as casebook:
        return casebook.users.listed()


def add(context: Context, actor: Actor, name: str, role: str, password: str) -> Account:
    """Make an account.

    Raises:
        NotAllowed: The actor does not look after accounts.
        BadAccount: The name is taken or unusable, or the role unknown.
        BadPassword: The password is too short.
    """
    actor.need(ACCOUNTS)
    with context.casebook() as casebook:
        made = casebook.users.add(name, role, password)
        casebook.note_act(actor.name, "users add", made.name, role)
    record(context, actor.name, "users add", made.name, role=role)
    return made


def disable(context: Context, actor: Actor, name: str, disabled: bool = True) -> None:
    """Close an account, which ends its logins, or open it again.

    Raises:
        NotAllowed: The actor does not look after accounts.
        BadAccount: There is none of that name.
    """
    actor.need(ACCOUNTS)
    with context.casebook() as casebook:
        casebook.users.disable(name, disabled)
        casebook.note_act(actor.name, "users disable" if disabled else "users enable", name, "")
    record(context, actor.name, "users disable" if disabled else "users enable", name)


def set_password(context: Context, actor: Actor, name: str, password: str) -> None:
    """Give an account a new password.

    Raises:
        NotAllowed: The actor does not look after accounts.
        BadAccount: There is none of that name.
        BadPassword: The password is too short.
    """
    actor.need(ACCOUNTS)
    with context.casebook() as casebook:
        casebook.users.set_password(name, password)
        casebook.note_act(actor.name, "users password", name, "")
    record(context, actor.name, "users password", name)


def assign(context: Context, actor: Actor, name: str, cases: Iterable[str], *, withdraw: bool = False) -> None:
    """Let an account see some cases, or take them from it.

    Raises:
        NotAllowed: The actor does not hand out cases.
        BadAccount: There is no such account, or a case's number is unusable.
    """
    actor.need(ASSIGN)
    chosen = list(cases)
    with context.casebook() as casebook:
        if withdraw:
            casebook.users.withdraw(name, chosen)
        else:
            casebook.users.assign(name, chosen)
        casebook.note_act(actor.name, "users withdraw" if withdraw else "users assign", name, "、".join(chosen))
    record(context, actor.name, "users withdraw" if withdraw else "users assign", name, cases=chosen)
