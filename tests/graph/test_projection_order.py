"""Whatever was imported, taken back and restored, in whatever order: the graph is that of the facts that count now."""

import hashlib
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph.ledger.withdraw import NothingToWithdraw, retract
from graph.model import model
from graph.store.base import Store
from graph.workspace import Workspace
from tests.support.county import OBTAINED, TABLES, write_county
from tests.support.engines import VERSION, StoreOn, content
from tests.support.registers import Ground, Projected

TAIL = ("from", "to", "confidence", "claim", "inferred", "source", "disputed")
NODES = {kind: ("name", "degree", "cases", *found.properties) for kind, found in model().nodes.items()}
EDGES = {kind: (*TAIL, *found.properties) for kind, found in model().relations.items()}

NAMES = st.sampled_from(list(TABLES))
STEPS = st.one_of(
    st.tuples(st.just("import"), NAMES, st.sampled_from([None, "甲案", "乙案"])),
    st.tuples(st.sampled_from(["retract", "undo"]), NAMES, st.none()),
)
# Each example imports a handful of files twice and loads two stores.
EXAMPLES = {"embedded": 4, "neo4j": 1}
Step = tuple[str, str, str | None]


def doc(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


class Course:
    """A ledger with its store, and what ought to count after each step."""

    def __init__(self, folder: Path, store: Store) -> None:
        folder.mkdir()
        self.ground = Ground(folder)
        self.store = store
        self.paths = write_county(folder / "in")
        self.filed: set[tuple[str, str | None]] = set()
        self.retracted: set[str] = set()
        self.steps = 0

    def take(self, name: str, case: str | None) -> None:
        self.ground.take(self.paths[name], case=case, warrant="文书1号", obtained=OBTAINED[name])
        self.filed.add((name, case))

    def step(self, step: Step) -> None:
        verb, name, case = step
        if verb == "import":
            self.take(name, case)
            return
        try:
            retract(self.ground.ledger, doc(self.paths[name]), "试验", undo=verb == "undo")
        except NothingToWithdraw:
            return
        (self.retracted.add if verb == "retract" else self.retracted.discard)(name)

    def show(self) -> Projected:
        self.steps += 1
        made = self.ground.project(f"tables-{self.steps}")
        with self.store.writer() as writer:
            writer.apply(made.tables, VERSION)
        return made

    def live(self) -> list[tuple[str, str | None]]:
        return sorted((one for one in self.filed if one[0] not in self.retracted), key=str)


def test_any_order_of_imports_retractions_and_undos_equals_one_rebuild(store_on: StoreOn, engine: str) -> None:
    @settings(max_examples=EXAMPLES[engine], deadline=None, suppress_health_check=list(HealthCheck))
    @example(
        [[("import", "任职新", None), ("import", "任职", "甲案"), ("retract", "任职", None)], [("undo", "任职", None)]]
    )
    @given(st.lists(st.lists(STEPS, min_size=1, max_size=5), min_size=1, max_size=2))
    def holds(rounds: list[list[Step]]) -> None:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            course = Course(folder / "course", store_on(Workspace(folder / "w1").open_or_create()))
            for steps in rounds:
                for step in steps:
                    course.step(step)
                made = course.show()
            held = content(course.store, NODES, EDGES)
            rebuilt = Course(folder / "rebuilt", store_on(Workspace(folder / "w2").open_or_create()))
            for name, case in course.live():
                rebuilt.take(name, case)
            assert made.bytes() == rebuilt.show().bytes()
            assert held == content(rebuilt.store, NODES, EDGES)

    holds()
