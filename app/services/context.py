"""What every service needs: the workspace, the settings, and the store opened on demand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.errors import BadUse, Lang, WorkspaceBusy
from graph.settings import Settings
from graph.workspace import Workspace

# The engines and SQL libraries take seconds to load: they are imported by the methods that need them.
if TYPE_CHECKING:
    from graph.casebook.casebook import Casebook
    from graph.ledger.ledger import Ledger
    from graph.store.base import Store

Say = Callable[[str], None]


@dataclass
class Context:
    """One user's command over one workspace.

    Attributes:
        workspace: The folder; may not exist yet.
        settings: From the environment.
        lang: Language of sentences.
        say: Shows a line of progress or a notice, on stderr or a page.
        wait: Wait for the workspace lock instead of refusing.
        stopped: True once the user asked to stop.
    """

    workspace: Workspace
    settings: Settings
    lang: Lang = "zh"
    say: Say = field(default=lambda line: None)
    wait: bool = True
    stopped: Callable[[], bool] = field(default=lambda: False)

    @property
    def ledger(self) -> "Ledger":
        """The ledger of the workspace."""
        from graph.ledger.ledger import Ledger

        return Ledger(self.workspace.ledger)

    def text(self, zh: str, en: str) -> str:
        """Return the sentence in the user's language."""
        return zh if self.lang == "zh" else en

    def need_data(self) -> None:
        """Refuse to go on in a workspace into which nothing was imported yet.

        Raises:
            BadWorkspace: The workspace is missing, foreign or damaged.
            BadUse: It is empty.
        """
        self.workspace.open_existing()
        if not self.ledger.exists():
            raise BadUse(
                zh="工作区里还没有数据;请先执行 shenwa import <文件夹>",
                en="the workspace holds no data yet; run shenwa import <folder> first",
            )

    @contextmanager
    def writing(self, verb: str) -> Iterator["Ledger"]:
        """Hold the workspace lock and yield the ledger, created when it is missing."""
        self.workspace.open_or_create()

        def tell(busy: WorkspaceBusy) -> None:
            self.say(busy.sentence(self.lang))

        with self.workspace.lock(verb, wait=self.wait, notify=tell):
            ledger = self.ledger
            if not ledger.exists():
                ledger.create()
            yield ledger

    @contextmanager
    def store(self) -> Iterator["Store"]:
        """Open the graph engine that the settings name."""
        from graph.store.opening import open_store

        opened = open_store(self.workspace, self.settings)
        try:
            yield opened
        finally:
            opened.close()

    @contextmanager
    def casebook(self) -> Iterator["Casebook"]:
        """Open the casebook, in the workspace or on the server that the settings name.

        Raises:
            CasebookUnreachable: The server does not answer or refuses the login.
        """
        from graph.casebook.casebook import Casebook
        from graph.casebook.opening import location

        if self.settings.casebook:
            self.workspace.open_existing()  # its id marks the database as its own
        opened = Casebook.open(location(self.workspace, self.settings), self.workspace.id)
        try:
            yield opened
        finally:
            opened.close()
