"""Logging in: passwords are checked, guessing is slowed, and a browser is known by a secret that ends."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from graph.casebook.clock import now
from graph.casebook.passwords import fits, nobodys
from graph.casebook.tables import Login, User
from graph.casebook.users import Account, account_of
from graph.errors import ShenwaError

# A person mistypes; whoever guesses pays: 1, 2, 4 ... seconds from the fifth wrong password on, up to five minutes.
FREE_TRIES, LONGEST_WAIT = 4, 300
# However busy: nobody stays logged in overnight.
LONGEST = timedelta(hours=12)
# A click is written down at most this often.
_SEEN = timedelta(seconds=20)


class WrongLogin(ShenwaError):
    """The name is unknown or disabled, or the password is wrong; which of these is not told."""

    zh = "用户名或口令不对"
    en = "the name or the password is wrong"


class TooManyTries(ShenwaError):
    """Too many wrong passwords: none is looked at for a while."""

    zh = "口令多次输错,请在 {seconds} 秒后再试"
    en = "too many wrong passwords, try again in {seconds} seconds"


def wait_after(failed: int) -> timedelta:
    """Return how long no password is looked at after so many wrong ones in a row."""
    over = failed - FREE_TRIES
    return timedelta(seconds=0 if over <= 0 else min(2 ** min(over - 1, 20), LONGEST_WAIT))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Logins:
    """Logins of one casebook database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def enter(self, name: str, password: str, at: datetime | None = None) -> str:
        """Log in and return the secret that the browser keeps.

        Args:
            name: Of the account.
            password: As typed.
            at: Naive UTC; now when absent.

        Raises:
            WrongLogin: Name, password, or both.
            TooManyTries: Somebody guessed at this account just now.
        """
        moment = at or now()
        kept = self._charge(name.strip(), moment)
        if not fits(kept or nobodys(), password) or kept is None:
            raise WrongLogin
        token = secrets.token_urlsafe(32)
        with Session(self._engine) as session, session.begin():
            row = session.scalar(select(User).where(User.name == name.strip(), User.disabled.is_(False)))
            if row is None or row.password != kept:  # disabled or changed while the password was checked
                raise WrongLogin
            row.failed, row.not_before = 0, None
            session.execute(delete(Login).where(Login.created < moment - LONGEST))
            session.add(Login(token=_hash(token), user_id=row.id, created=moment, seen=moment))
        return token

    def _charge(self, name: str, moment: datetime) -> str | None:
        """Count a try before it is looked at, so that many at once are counted one by one; return the kept hash."""
        with Session(self._engine) as session, session.begin():
            row = session.scalar(select(User).where(User.name == name).with_for_update())
            if row is None or row.disabled:
                return None
            if row.not_before is not None and row.not_before > moment:
                left = row.not_before - moment
                raise TooManyTries(seconds=max(1, int(left.total_seconds())))
            row.failed += 1
            wait = wait_after(row.failed)
            row.not_before = moment + wait if wait else None
            return row.password

    def look(self, token: str, idle: timedelta, at: datetime | None = None) -> Account | None:
        """Return who a browser's secret belongs to; None when it is unknown, ended, idle for too long or disabled."""
        moment = at or now()
        with Session(self._engine) as session, session.begin():
            login = session.get(Login, _hash(token))
            if login is None or login.created + LONGEST <= moment or login.seen + idle <= moment:
                return None
            row = session.get(User, login.user_id)
            if row is None or row.disabled:
                return None
            if login.seen + min(_SEEN, idle / 4) <= moment:
                session.execute(update(Login).where(Login.token == login.token).values(seen=moment))
            return account_of(session, row)

    def leave(self, token: str) -> None:
        """Log out."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(Login).where(Login.token == _hash(token)))
