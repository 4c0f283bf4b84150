"""Making packs of the small invented place in tests."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from app.services.accounts import Actor
from app.services.context import Context
from app.services.detecting import detect
from app.services.pack.deriving import ask
from app.services.pack.making import Pack, make
from app.ui.words import Words
from graph.errors import Lang
from graph.settings import Settings
from graph.workspace import Workspace

MADE = datetime(2024, 5, 6, 7, 8, 9)
WHO = Actor("承办甲")


def context_of(workspace: Path, lang: Lang = "zh") -> Context:
    """Return the context of a command."""
    return Context(Workspace(workspace).open_existing(), Settings(), lang)


def found(context: Context) -> str:
    """Run the query and return the one hit's number."""
    [result] = detect(context, ["shadow_company"])
    [hit] = result.hits
    return hit.fingerprint


def packed(context: Context, start: str = "", actor: Actor = WHO) -> Pack:
    """Make the pack of a hit."""
    return make(context, actor, [ask(context, start or found(context))], Words(context.lang), made=MADE)


def text_of(files: Mapping[str, bytes], name: str) -> str:
    """Return a file of a pack as text."""
    return files[name].decode("utf-8")
