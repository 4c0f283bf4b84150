"""Talking to a Neo4j server: one driver, sessions on the dedicated database, errors as sentences."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString

from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, GraphDatabase, NotificationMinimumSeverity, Session
from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from graph.errors import StoreError
from graph.store.errors import (
    NoSuchDatabase,
    QueryRefused,
    QueryTimeout,
    QueryTooLarge,
    Unreachable,
    WriteRefused,
    WrongPassword,
)

# The driver's own lines about retries are no sentences for users.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

CONNECT_SECONDS = 10
RETRY_SECONDS = 5
# Rows that the server sends ahead.
AHEAD = 1_000
_TIMED_OUT = ("TransactionTimedOut", "Transaction.Terminated", "TransactionMarkedAsFailed", "LockClientStopped")
_TOO_LARGE = ("MemoryPoolOutOfMemory", "TransactionOutOfMemory", "OutOfMemory", "StackOverFlow")


class Server:
    """One database of one server; nothing is sent before the first session."""

    def __init__(self, url: str, user: str, password: str | None, database: str) -> None:
        self.url, self.user, self.database = url, user, database
        self._password = password
        self._driver: Driver | None = None

    def _open(self) -> Driver:
        if self._driver is None:
            driver = GraphDatabase.driver(
                self.url,
                auth=None if self._password is None else (self.user, self._password),
                connection_timeout=CONNECT_SECONDS,
                max_transaction_retry_time=RETRY_SECONDS,
                # Types that were never imported are no fault of the user's; nothing leaves the closed network.
                notifications_min_severity=NotificationMinimumSeverity.OFF,
                warn_notification_severity=NotificationMinimumSeverity.OFF,
                telemetry_disabled=True,
            )
            try:
                driver.verify_connectivity()  # transactions would try again and again
            except BaseException:
                driver.close()
                raise
            self._driver = driver
        return self._driver

    @contextmanager
    def session(self, *, write: bool = False, timeout_ms: int = 0) -> Iterator[Session]:
        """Open a session, and turn what the server or the driver raises into a sentence.

        Args:
            write: Otherwise the server refuses changes.
            timeout_ms: Named in the sentence when the time was up.

        Raises:
            StoreError: One of its leaves.
        """
        mode = WRITE_ACCESS if write else READ_ACCESS
        try:
            database = self.database or None
            with self._open().session(database=database, default_access_mode=mode, fetch_size=AHEAD) as session:
                yield session
        except (Neo4jError, DriverError, OSError) as error:
            raise self._told(error, timeout_ms) from error

    def _told(self, error: Exception, timeout_ms: int) -> StoreError:
        code = getattr(error, "code", None) or ""
        if isinstance(error, AuthError) or "Security.Auth" in code or "CredentialsExpired" in code:
            return WrongPassword(url=self.url, user=self.user)
        if "DatabaseNotFound" in code:
            return NoSuchDatabase(url=self.url, database=self.database)
        if isinstance(error, ServiceUnavailable | SessionExpired | OSError):
            return Unreachable(url=self.url)
        if any(one in code for one in _TIMED_OUT):
            return QueryTimeout(seconds=timeout_ms / 1000)
        if any(one in code for one in _TOO_LARGE):
            return QueryTooLarge()
        if "AccessMode" in code:
            return WriteRefused()
        message = error.message if isinstance(error, ClientError) else str(error)
        return QueryRefused(reason=(str(message).splitlines() or [type(error).__name__])[0])

    def rows(self, text: str, **parameters: Any) -> list[dict[str, Any]]:
        """Return the rows of a short reading query of this program's own."""
        with self.session() as session:
            return session.execute_read(lambda tx: tx.run(literal(text), parameters).data())

    def send(self, text: str, **parameters: Any) -> int:
        """Run a writing statement in a transaction of its own, which may be repeated; return rows given back."""
        with self.session(write=True) as session:
            return session.execute_write(lambda tx: len(tx.run(literal(text), parameters).data()))

    def define(self, texts: Sequence[str]) -> None:
        """Run schema statements in one transaction."""
        with self.session(write=True) as session, session.begin_transaction() as transaction:
            for text in texts:
                transaction.run(literal(text)).consume()
            transaction.commit()

    def close(self) -> None:
        """Close the connections."""
        if self._driver is not None:
            self._driver.close()
            self._driver = None


def literal(text: str) -> LiteralString:
    """Vouch that a text is a constant of this program or passed the check for reading only."""
    return text
