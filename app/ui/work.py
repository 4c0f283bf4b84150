"""Long work beside the page: a thread with progress that the page polls, and a way to stop it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from graph.errors import Interrupted, ShenwaError

T = TypeVar("T")


@dataclass
class Work(Generic[T]):
    """One piece of work of one session.

    Attributes:
        label: What is at hand.
        done: How much of `total`.
        result: Set when it ended well.
        error: Set when it did not; `Interrupted` when it was stopped.
    """

    label: str = ""
    done: int = 0
    total: int = 0
    result: T | None = None
    error: ShenwaError | None = None
    finished: bool = False
    _stop: threading.Event = field(default_factory=threading.Event)

    def start(self, run: Callable[["Work[T]"], T]) -> "Work[T]":
        """Begin; `run` reports through `told` and asks `stopped`."""

        def body() -> None:
            try:
                self.result = run(self)
            except ShenwaError as error:
                self.error = error
            except Exception as error:  # the page shows it as a sentence, the log keeps the rest
                self.error = ShenwaError(reason=type(error).__name__)
                raise
            finally:
                self.finished = True

        threading.Thread(target=body, daemon=True).start()
        return self

    def told(self, label: str, done: int, total: int) -> None:
        """Report how far it is."""
        self.label, self.done, self.total = label, done, total

    def stop(self) -> None:
        """Ask it to stop at the next batch."""
        self._stop.set()

    def stopped(self) -> bool:
        """Tell whether it was asked to stop."""
        return self._stop.is_set()

    @property
    def cancelled(self) -> bool:
        """True when it ended because somebody stopped it."""
        return isinstance(self.error, Interrupted)
