"""Says in one loud line each, before the tests, which servers and programs they will do without; else silent."""

import os
import sys
from collections.abc import Iterator

from tests.support import chromium, neo4j_server, postgres


def lacking() -> Iterator[tuple[str, str, str]]:
    """Yield what is missing, why, and how to get it."""
    server = None if os.environ.get("SHENWA_TEST_NEO4J") else neo4j_server.missing()
    if server is not None:
        yield "Neo4j", server, "Java 17, make neo4j-jars"
    database = postgres.missing()
    if database is not None:
        yield "PostgreSQL", database, "apt-get install postgresql"
    if chromium.executable() is None:
        yield "Chromium", "chromium", "apt-get install chromium fonts-noto-cjk"


def main() -> int:
    """Tell what is missing; under `CI` anything missing fails the run."""
    found = list(lacking())
    for name, what, remedy in found:
        print(
            f"!!! 没有 {name}({what}):需要它的测试将被跳过 / no {name} ({what}): the tests that need it are SKIPPED "
            f"!!! -> {remedy}",
            file=sys.stderr,
            flush=True,
        )
    return 1 if found and os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
