"""What a register mapping says: columns with their kinds, the entities of a row, the relations between them."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from graph.keys import UNRESOLVED
from graph.model import model

Kind = Literal[
    "text",
    "name",
    "org",
    "date",
    "time",
    "amount",
    "number",
    "int",
    "ratio",
    "id",
    "code",
    "party_id",
    "account",
    "choice",
]
Claim = Literal["registry", "self", "found"]
PARTY = "party"


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Data):
    """One column under its usual header.

    Attributes:
        kind: How its cells are read.
        names: Other headers that mean the same.
        required: A row without it is refused; an amount in it must be readable.
        choices: For `choice`: the value that each written form stands for; `*` takes every other form.
        unit_column: For amounts: the column that says `分` or `元`.
    """

    kind: Kind = "text"
    names: tuple[str, ...] = ()
    required: bool = False
    choices: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    unit_column: str | None = None


class Entity(_Data):
    """One participant of a row.

    Attributes:
        type: Node type, `party` (person, company or agency, told from identifier and name), or `Ref`: whatever bears
            the number in `code`, looked up when the graph is made.
        name: Column with the name.
        id: Column with the ID number or credit code.
        code: Column with the number that identifies it (contract, tender, account…).
        unit: Column with the unit or company that narrows a bare name down.
        account: Column with the account that narrows a bare name down.
        value: For media, programmes and agencies: the column that is the identity itself.
        constant: Fixed part of the identity, such as the kind of a medium.
        fallback: `row` makes an entity of the row when `code` is empty; `none` makes none.
        props: Property of the model -> column.
        fixed: Property of the model -> constant text.
        when: Column -> regular expression that its value must match.
        among: For `party`: the types it may be.
    """

    type: str
    name: str | None = None
    id: str | None = None
    code: str | None = None
    unit: str | None = None
    account: str | None = None
    value: str | None = None
    constant: str = ""
    fallback: Literal["row", "none"] = "none"
    props: dict[str, str] = Field(default_factory=dict)
    fixed: dict[str, str | bool] = Field(default_factory=dict)
    when: dict[str, str] = Field(default_factory=dict)
    among: tuple[str, ...] = ("Person", "Company", "Agency")


class Relation(_Data):
    """One tie that a row states.

    Attributes:
        type: Relation type of the model.
        source: Entity at its start; `head.` before a name means the entity of the paired head row.
        target: Entity at its end.
        start: Column with the day it began.
        end: Column with the day it ended.
        props: Property -> column.
        fixed: Property -> constant.
        needs: Columns that must not be empty.
        when: Column -> regular expression that its value must match.
        once: Many rows state it; kept once a file, with the first row as its source.
        extra: What only the projection needs (side of a statement, own number of the flow) -> column.
        claim: Rank of what the register says.
    """

    type: str
    source: str
    target: str
    start: str | None = None
    end: str | None = None
    props: dict[str, str] = Field(default_factory=dict)
    fixed: dict[str, str | bool] = Field(default_factory=dict)
    needs: tuple[str, ...] = ()
    when: dict[str, str] = Field(default_factory=dict)
    once: bool = False
    extra: dict[str, str] = Field(default_factory=dict)
    claim: Claim = "registry"


class Pair(_Data):
    """Rows that belong together by a column, with one head row among them (a household)."""

    by: str
    head: dict[str, str]


class Skip(_Data):
    """Rows that are read and left out, with the code that says why."""

    when: dict[str, str]
    code: str


class Balance(_Data):
    """Which columns make a running balance that can be checked for missing rows."""

    account: str
    amount: str
    direction: str
    balance: str
    time: str


class Mapping(_Data):
    """A whole register.

    Attributes:
        id: Name used in methods (`register:<id>`) and on the command line.
        zh: Usual name of the file, without its ending.
        en: The same in English.
        key: Columns with the register's own key of a row; without them the whole row is its key.
        anchors: Columns without which a table is not this register.
        columns: By their usual header.
        entities: Participants of a row by alias.
        relations: Ties that a row states.
        skip: Rows to leave out.
        pair: How rows belong together, for registers whose ties join two rows.
        balance: How to check a running balance.
        derived: Further columns as SQL expressions over the columns.
        warrant: Data of this kind need the number of the document by which they were obtained.
    """

    id: str
    zh: str
    en: str
    key: tuple[str, ...] = ()
    anchors: tuple[str, ...]
    columns: dict[str, Column]
    entities: dict[str, Entity]
    relations: tuple[Relation, ...] = ()
    skip: tuple[Skip, ...] = ()
    pair: Pair | None = None
    balance: Balance | None = None
    derived: dict[str, str] = Field(default_factory=dict)
    warrant: bool = False

    @model_validator(mode="after")
    def _known_names(self) -> Self:
        """Refuse columns, entities, types and properties that do not exist."""
        ontology = model()
        used = [*self.key, *self.anchors]
        for entity in self.entities.values():
            used += [c for c in (entity.name, entity.id, entity.code, entity.unit, entity.account, entity.value) if c]
            used += [*entity.props.values(), *entity.when]
            if entity.type not in (PARTY, UNRESOLVED):
                known = ontology.nodes[entity.type].properties
                missing = [p for p in (*entity.props, *entity.fixed) if p not in known]
                if missing:
                    raise ValueError(f"{self.id}: {entity.type} has no property {missing}")
        for relation in self.relations:
            kind = ontology.relations[relation.type]
            used += [*relation.props.values(), *relation.needs, *relation.when]
            used += [c for c in (relation.start, relation.end) if c]
            ends = [end.removeprefix("head.") for end in (relation.source, relation.target)]
            missing = [p for p in (*relation.props, *relation.fixed) if p not in kind.properties]
            missing += [end for end in ends if end not in self.entities]
            if missing:
                raise ValueError(f"{self.id}: {relation.type} names unknown {missing}")
            used += relation.extra.values()
        unknown = sorted({c for c in used if c not in self.columns and c not in self.derived})
        if unknown:
            raise ValueError(f"{self.id}: unknown columns {unknown}")
        return self
