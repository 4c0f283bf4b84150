"""The exception tree of shenwa.

ShenwaError                 anything a user can act on; knows its exit code and its sentence
├── BadUse                  wrong path, option, parameter, identifier           exit 2
├── BadWorkspace            missing, foreign or damaged workspace               exit 2
├── WorkspaceBusy           another process holds the workspace lock            exit 2
├── StoreError              the graph engine refused or cannot be reached       exit 2
├── QueryError              a saved query that cannot be loaded or run          exit 2
├── SystemRefused           the operating system refused a file or a call       exit 2
└── Interrupted             the user stopped it; what was committed stays       exit 130

Rooms add leaves in modules of their own. The sentence is built once, here, in the user's language.
"""

from typing import ClassVar, Literal

Lang = Literal["zh", "en"]


class ShenwaError(Exception):
    """An error that one sentence explains to the person at the keyboard.

    Subclasses set `zh` and `en` as `str.format` templates over the keyword facts given to the constructor,
    which are also kept as `facts`.
    """

    exit_code: ClassVar[int] = 2
    zh: ClassVar[str] = "{reason}"
    en: ClassVar[str] = "{reason}"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence("en"))

    def sentence(self, lang: Lang = "zh") -> str:
        """Return the one sentence that names what went wrong and what to do."""
        template = self.zh if lang == "zh" else self.en
        return template.format(**self.facts)


class BadUse(ShenwaError):
    """The command line or a parameter cannot be used as given; `zh` and `en` facts are the sentences."""

    zh = "{zh}"
    en = "{en}"


class BadWorkspace(ShenwaError):
    """The workspace is missing, belongs to something else, or is damaged."""

    zh = "工作区不能使用:{path}({zh})"
    en = "the workspace cannot be used: {path} ({en})"


class WorkspaceBusy(ShenwaError):
    """Another process holds the workspace lock."""

    zh = "工作区正被占用:{holder} 自 {since} 起在执行「{verb}」;请稍后再试"
    en = "the workspace is in use: {holder} has been running '{verb}' since {since}; try again later"


class StoreError(ShenwaError):
    """The graph engine refused the work or cannot be reached."""

    zh = "图数据库出错:{zh}"
    en = "graph store: {en}"


class QueryError(ShenwaError):
    """A saved query cannot be loaded or run."""

    zh = "查询 {query}:{zh}"
    en = "query {query}: {en}"


class SystemRefused(ShenwaError):
    """The operating system refused something that no other sentence covers."""

    zh = "操作系统拒绝了操作:{path} {reason}"
    en = "the operating system refused: {path} {reason}"


class Interrupted(ShenwaError):
    """The user stopped the work; everything committed before stays."""

    exit_code = 130
    zh = "已按要求停止;已提交的内容都已保存,再次运行会从停下的地方继续"
    en = "stopped as asked; everything committed is kept, and running again continues where it stopped"
