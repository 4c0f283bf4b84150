"""Local accounts: who may log in, in which role, and which cases are assigned to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from graph.casebook.clock import now
from graph.casebook.passwords import hashed
from graph.casebook.tables import Assignment, Login, User
from graph.errors import ShenwaError

# 承办, 室主任, 案管, 系统管理员
ROLES = ("handler", "head", "keeper", "admin")
LONGEST_NAME, LONGEST_CASE = 120, 120


class BadAccount(ShenwaError):
    """An account cannot be made, found or changed as asked; `zh` and `en` facts are the sentences."""

    zh = "{zh}"
    en = "{en}"


@dataclass(frozen=True)
class Account:
    """One account, without its password."""

    id: int
    name: str
    role: str
    disabled: bool
    created: datetime
    cases: frozenset[str]


def _nobody(name: str) -> BadAccount:
    return BadAccount(zh=f"没有这个账户:{name}", en=f"no such account: {name}")


def clean_name(name: str) -> str:
    """Return the name of an account as it is kept.

    Raises:
        BadAccount: It is empty, too long, or holds signs that cannot be seen.
    """
    kept = name.strip()
    if not kept or len(kept) > LONGEST_NAME or not kept.isprintable():
        raise BadAccount(
            zh="账户名不能为空、不能超过 120 字、不能含不可见字符",
            en="the name of an account must not be empty, longer than 120 signs, or hold invisible ones",
        )
    return kept


def account_of(session: Session, row: User) -> Account:
    """Return a row as an account with its cases."""
    cases = session.scalars(select(Assignment.case).where(Assignment.user_id == row.id))
    return Account(row.id, row.name, row.role, row.disabled, row.created, frozenset(cases))


class Users:
    """Accounts of one casebook database. Who may change them is for the services to say."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def any(self) -> bool:
        """Tell whether there is an account, also a disabled one: from then on everybody has to log in."""
        with Session(self._engine) as session:
            return session.scalar(select(User.id).limit(1)) is not None

    def listed(self) -> list[Account]:
        """Return all accounts by name."""
        with Session(self._engine) as session:
            return [account_of(session, row) for row in session.scalars(select(User).order_by(User.name))]

    def add(self, name: str, role: str, password: str) -> Account:
        """Make an account.

        Raises:
            BadAccount: The name is taken or unusable, the role unknown, or the password too short.
        """
        if role not in ROLES:
            raise BadAccount(zh=f"没有这种角色:{role}", en=f"no such role: {role}")
        row = User(name=clean_name(name), role=role, password=hashed(password), disabled=False, created=now(), failed=0)
        with Session(self._engine) as session:
            session.add(row)
            try:
                session.commit()
            except IntegrityError as error:
                raise BadAccount(zh=f"账户已存在:{name}", en=f"the account exists already: {name}") from error
            return account_of(session, row)

    def disable(self, name: str, disabled: bool = True) -> None:
        """Close an account, which ends its logins, or open it again. Accounts are never deleted: decisions name them.

        Raises:
            BadAccount: There is none of that name.
        """
        with Session(self._engine) as session, session.begin():
            row = self._row(session, name)
            row.disabled = disabled
            if disabled:
                session.execute(delete(Login).where(Login.user_id == row.id))

    def set_password(self, name: str, password: str) -> None:
        """Give an account a new password, which ends its logins.

        Raises:
            BadAccount: There is none of that name, or the password is too short.
        """
        word = hashed(password)
        with Session(self._engine) as session, session.begin():
            row = self._row(session, name)
            row.password, row.failed, row.not_before = word, 0, None
            session.execute(delete(Login).where(Login.user_id == row.id))

    def assign(self, name: str, cases: Iterable[str]) -> None:
        """Let an account see some cases, besides those that it may see already.

        Raises:
            BadAccount: There is none of that name, or a case's number is empty or too long.
        """
        wanted = {one.strip() for one in cases}
        if any(not one or len(one) > LONGEST_CASE for one in wanted):
            raise BadAccount(zh="案件编号不能为空或过长", en="the number of a case must not be empty or too long")
        with Session(self._engine) as session, session.begin():
            row = self._row(session, name)
            for case in sorted(wanted):
                session.merge(Assignment(user_id=row.id, case=case))

    def withdraw(self, name: str, cases: Iterable[str]) -> None:
        """Take cases from an account.

        Raises:
            BadAccount: There is none of that name.
        """
        with Session(self._engine) as session, session.begin():
            row = self._row(session, name)
            chosen = delete(Assignment).where(Assignment.user_id == row.id, Assignment.case.in_(list(cases)))
            session.execute(chosen)

    def forgive(self, name: str) -> None:
        """Let an account try passwords again at once."""
        with Session(self._engine) as session, session.begin():
            session.execute(update(User).where(User.name == name).values(failed=0, not_before=None))

    def _row(self, session: Session, name: str) -> User:
        row = session.scalar(select(User).where(User.name == name.strip()).with_for_update())
        if row is None:
            raise _nobody(name)
        return row
