"""A saved query: one TOML file with metadata, parameters, Cypher, wording, doubts and proof."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Drive = Literal["officials", "payers", "cases", "tenders", "none"]
Status = Literal["experimental", "tested", "stable", "retired"]
ParameterValue = bool | int | float | str


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(_Data):
    """A text in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def text(self, lang: str) -> str:
        """Return the text in a language."""
        return self.zh if lang == "zh" else self.en


class Parameter(_Data):
    """A value that the user may change, with its bounds and why it is what it is."""

    type: Literal["integer", "float", "string", "boolean"]
    default: ParameterValue
    minimum: float | None = None
    maximum: float | None = None
    label: Bilingual
    why: Bilingual


class Value(_Data):
    """A figure of a hit, from its rows: how many different, or the sum of one column over different keys."""

    count: str | None = None
    sum: str | None = None
    per: str | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "Value":
        if (self.count is None) == (self.sum is None) or (self.sum is None) != (self.per is None):
            raise ValueError("a value is either count, or sum with per")
        return self


class Having(_Data):
    """A threshold on figures: at least one of them must reach its parameter, else there is no hit."""

    any: dict[str, str]


class Times(_Data):
    """A date column that must lie within the validity of the edges in other columns; held again on every hit."""

    event: str
    within: tuple[str, ...]
    unless: str | None = None


class Clear(_Data):
    """A circumstance that would clear the person, how a person checks it, and how the graph does where it can."""

    when: Bilingual
    check: Bilingual
    query: str | None = None
    needs: tuple[str, ...] = ()


class Reference(_Data):
    """Where the pattern is described."""

    title: str
    url: str = ""


class Proof(_Data):
    """A small graph and what the query must give on it."""

    name: str
    graph: str
    parameters: dict[str, ParameterValue] = Field(default_factory=dict)
    rows: list[dict[str, ParameterValue]] | None = None
    cleared: list[dict[str, ParameterValue]] | None = None
    clearing: int | None = None
    undetermined: list[dict[str, ParameterValue]] | None = None


class SavedQuery(_Data):
    """One file of the catalogue; see the design page on queries for what each field promises.

    Attributes:
        roles: Role -> column, or columns when several hold it.
        group: Roles whose holders together are one hit.
        evidence: Columns of eids, or of lists of eids.
        power: Column with the grade of power (1 to 4), when the hit rests on power.
        undetermined: Column that is true when a needed date or field is absent.
        values: Figure -> how it is made from the rows.
        having: Thresholds on figures.
        times: Time conditions that are held again.
        scorer: A function in `queries.scorers`.
        presumes: Properties of evidence edges that say a date was only presumed, with the sentence for it.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    version: int = Field(ge=1)
    typology: str
    status: Status
    severity: Literal["low", "medium", "high"]
    title: Bilingual
    description: Bilingual
    tags: tuple[str, ...] = ()
    drive: Drive
    query: str
    roles: dict[str, str | tuple[str, ...]]
    group: tuple[str, ...]
    evidence: tuple[str, ...]
    power: str | None = None
    undetermined: str
    values: dict[str, Value] = Field(default_factory=dict)
    having: tuple[Having, ...] = ()
    times: tuple[Times, ...] = ()
    scorer: str
    explanation: Bilingual
    missing: tuple[Bilingual, ...] = ()
    parameters: dict[str, Parameter] = Field(default_factory=dict)
    clears: tuple[Clear, ...]
    references: tuple[Reference, ...] = ()
    cases: tuple[Proof, ...]

    def role_columns(self, role: str) -> tuple[str, ...]:
        """Return the columns that hold a role."""
        column = self.roles[role]
        return (column,) if isinstance(column, str) else column
