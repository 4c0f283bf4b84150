"""Says in one loud line, before the tests, which server they will do without; silent when nothing is missing."""

import os
import sys

from tests.support.neo4j_server import missing


def main() -> int:
    """Tell what is missing; under `CI` a missing server fails the run."""
    lacking = None if os.environ.get("SHENWA_TEST_NEO4J") else missing()
    if lacking is None:
        return 0
    print(
        f"!!! 没有 Neo4j({lacking}):需要它的测试将被跳过 / no Neo4j ({lacking}): the tests that need it are SKIPPED "
        "!!! -> Java 17, make neo4j-jars",
        file=sys.stderr,
        flush=True,
    )
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
