"""A saved query: one TOML file with metadata, parameters, Cypher, wording, doubts and proof."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Drive = Literal["officials", "payers", "cases", "tenders", "beneficiaries", "buyers", "none"]
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
    """A figure of a hit, from its rows: how many different, the sum of one column over different keys, the smallest."""

    count: str | None = None
    sum: str | None = None
    per: str | None = None
    min: str | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "Value":
        given = [one for one in (self.count, self.sum, self.min) if one is not None]
        if len(given) != 1 or (self.sum is None) != (self.per is None):
            raise ValueError("a value is count, sum with per, or min")
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
    """A circumstance that would clear the person, how a person checks it, and how the graph does where it can.

    Attributes:
        when: The circumstance.
        check: What a person does to see whether it holds.
        query: Cypher that looks for it for one hit and returns `eids`; without it nothing can be looked for.
        per: Column of the rows, returned by `query` as well: only rows with a value found there are cleared.
        needs: Registers (`投标`) or columns (`投标.标段编号`) without which nothing can be looked for.
    """

    when: Bilingual
    check: Bilingual
    query: str | None = None
    per: str | None = None
    needs: tuple[str, ...] = ()


class Missing(_Data):
    """What a hit does not know, said unless every register or column in `needs` was imported."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    needs: tuple[str, ...] = ()


class Reference(_Data):
    """Where the pattern is described."""

    title: str
    url: str = ""


Rows = list[dict[str, ParameterValue]]


class Proof(_Data):
    """A small graph and what the query must give on it.

    Attributes:
        parameters: Values instead of the defaults.
        rows: Rows of open hits, in the columns that matter.
        undetermined: Rows of undetermined hits.
        incomplete: Rows of incomplete hits.
        cleared: Rows of cleared hits.
        clearing: Position of the circumstance that clears them, from 0.
    """

    name: str
    graph: str
    parameters: dict[str, ParameterValue] = Field(default_factory=dict)
    rows: Rows | None = None
    undetermined: Rows | None = None
    incomplete: Rows | None = None
    cleared: Rows | None = None
    clearing: int | None = None


class SavedQuery(_Data):
    """One file of the catalogue; see the design page on queries for what each field promises.

    Attributes:
        roles: Role -> column; a list of columns (of one, too) when several may hold it.
        group: Roles whose holders together are one hit.
        evidence: Columns of eids, or of lists of eids.
        power: Column with the grade of power (1 to 4), when the hit rests on power.
        undetermined: Column that is true when a needed date or field is absent.
        values: Figure -> how it is made from the rows.
        spans: Field of the wording -> date column, shown as first day to last day.
        having: Thresholds on figures.
        times: Time conditions that are held again.
        scorer: A function in `queries.scorers`.
        identity: The weakest join that an open hit may rest on; below it the hit is undetermined.
        missing: What hits of this query cannot know from what was imported.
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
    spans: dict[str, str] = Field(default_factory=dict)
    having: tuple[Having, ...] = ()
    times: tuple[Times, ...] = ()
    scorer: str
    identity: Literal["code", "name_unit"] = "name_unit"
    explanation: Bilingual
    missing: tuple[Missing, ...] = ()
    parameters: dict[str, Parameter] = Field(default_factory=dict)
    clears: tuple[Clear, ...]
    references: tuple[Reference, ...] = ()
    cases: tuple[Proof, ...]

    def role_columns(self, role: str) -> tuple[str, ...]:
        """Return the columns that hold a role."""
        column = self.roles[role]
        return (column,) if isinstance(column, str) else column

    def is_list(self, role: str) -> bool:
        """Tell whether a role is a list in every hit, also when one holds it."""
        return not isinstance(self.roles[role], str)

    def columns(self) -> list[str]:
        """Return every column that the query has to return for what the file says of it."""
        named = [column for role in self.roles for column in self.role_columns(role)]
        named += [*self.evidence, self.undetermined, *self.spans.values()]
        named += [self.power] if self.power else []
        for value in self.values.values():
            named += [one for one in (value.count, value.sum, value.per, value.min) if one is not None]
        for rule in self.times:
            named += [rule.event, *rule.within] + ([rule.unless] if rule.unless else [])
        named += [clear.per for clear in self.clears if clear.per is not None]
        return list(dict.fromkeys(named))
