"""What an import was told beside the files."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ImportOptions:
    """How to read and whose the files are.

    Attributes:
        case: Case the files belong to (所属案件).
        provided_by: Who provided them (提供单位).
        warrant: Number of the document by which they were obtained (调取文书号).
        obtained: Day they were obtained (调取日期); newer data of one key win over older.
        encoding: Encoding to use instead of the detected one.
        register: Register to read every table as, instead of recognising it by its header.
    """

    case: str | None = None
    provided_by: str | None = None
    warrant: str | None = None
    obtained: date | None = None
    encoding: str | None = None
    register: str | None = None
