"""`demo`: the invented county that ships with the installation, imported and searched."""

from pathlib import Path

from app.services.context import Context
from app.services.importing import Imported, run_import
from graph.errors import BadUse
from ingest.importing import Progress
from ingest.options import ImportOptions

EXAMPLES = Path(__file__).parents[2] / "examples"
# Marks what a demonstration imported, so that it is never mixed with real files.
PROVIDER = "示例(虚构的青石县)"
WARRANT = "青监调〔2023〕12号"


def _refuse_real_data(context: Context) -> None:
    if not context.ledger.exists():
        return
    if any(row["provided_by"] != PROVIDER for row in context.ledger.rows("filings", ("provided_by",))):
        path = context.workspace.path
        zh = f"工作区 {path} 里已有别的材料,示例不与其混放;请用 --workspace 指定另一个文件夹"
        raise BadUse(zh=zh, en=f"{path} holds other files, examples are not mixed with them; name another --workspace")


def import_examples(context: Context, progress: Progress) -> Imported:
    """Import the examples; what was imported before is left as it is.

    Raises:
        BadUse: The installation has no examples, or the workspace holds other data.
    """
    if not EXAMPLES.is_dir():
        raise BadUse(zh="这份安装里没有 examples 文件夹", en="this installation has no examples folder")
    context.workspace.open_or_create()
    _refuse_real_data(context)
    options = ImportOptions(provided_by=PROVIDER, warrant=WARRANT)
    return run_import(context, [EXAMPLES], options, project=True, progress=progress)
