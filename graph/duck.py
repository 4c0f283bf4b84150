"""One way to open DuckDB, so that it never reaches for the network."""

from pathlib import Path

import duckdb


def connect(
    temp: Path | None = None, memory_limit: str | None = None, threads: int | None = None
) -> duckdb.DuckDBPyConnection:
    """Open an in-memory DuckDB that can neither download nor load extensions.

    Args:
        temp: Folder for spilling; DuckDB's default when absent.
        memory_limit: DuckDB size such as `4GB`; its default when absent.
        threads: Worker threads; its default (all cores) when absent.

    Returns:
        A connection of its own; close it, or use it as a context manager.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if temp is not None:
        config["temp_directory"] = str(temp)
    if memory_limit is not None:
        config["memory_limit"] = memory_limit
    if threads is not None:
        config["threads"] = threads
    connection = duckdb.connect(config=config)
    # It would be drawn on stdout, which belongs to the answer.
    connection.execute("SET enable_progress_bar = false")
    return connection
