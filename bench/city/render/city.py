"""Writing all registers of a city."""

from pathlib import Path

from bench.city.complaints import lead_sheets
from bench.city.render.company_registers import company_sheets
from bench.city.render.masks import Masks
from bench.city.render.money_registers import account_sheet, benefit_sheet, write_statements
from bench.city.render.numbering import Numbering
from bench.city.render.people_registers import people_sheets
from bench.city.render.writing import Written, write_sheet
from bench.city.table import Table
from bench.city.world import World
from graph.duck import connect


def write_registers(
    world: World,
    leads: Table,
    cases: Table,
    numbering: Numbering,
    masks: Masks,
    folder: Path,
    needed: dict[str, set[int]],
) -> Written:
    """Write every register below a folder.

    Args:
        world: The facts, planted or not.
        leads: Leads.
        cases: Opened cases.
        numbering: Numbers of the facts.
        masks: What is left out.
        folder: `registers/` of the city.
        needed: Register -> facts whose rows the truth names.
    """
    written = Written()
    folder.mkdir(parents=True, exist_ok=True)
    certifier_shown = masks.shown("补贴发放", "经办人身份证号", len(world.benefits))
    sheets = [
        *people_sheets(world, masks, numbering),
        *company_sheets(world, masks, numbering),
        account_sheet(world),
        benefit_sheet(world, numbering, certifier_shown),
        *lead_sheets(world, leads, cases),
    ]
    with connect() as connection:
        for sheet in sheets:
            if len(sheet.facts):
                rng = world.streams(f"rows/{sheet.stem}")
                write_sheet(connection, sheet, folder, needed, written, rng)
        write_statements(connection, world, folder, needed, written)
    return written
