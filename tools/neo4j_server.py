"""`make neo4j`: fetch the Neo4j Community jars once, then serve an empty database on this machine until Ctrl-C."""

import sys

from tests.support.neo4j_server import REPOSITORY, Neo4jServer, NoServer, fetch_jars

PORT = 7687


def main() -> int:
    """Fetch, start, tell the address, wait."""
    try:
        if "--fetch-only" in sys.argv[1:]:
            fetch_jars()
            return 0
        print("下载 Neo4j(仅首次)/ fetching Neo4j (first time only) ...", flush=True)
        fetch_jars()
        with Neo4jServer(REPOSITORY / ".neo4j" / "home", PORT) as server:
            note = "无口令,仅供开发 / no password, for development only"
            print(f"Neo4j 已启动 / is up: {server.url}({note})", flush=True)
            print(f"SHENWA_TEST_NEO4J={server.url} make test", flush=True)
            server.wait()
    except NoServer as error:
        print(f"Neo4j 无法启动 / cannot be started: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
