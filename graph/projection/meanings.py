"""What words of a register mean for the graph: kin words, heads of units, roles that control a company."""

import duckdb
import pyarrow as pa

from graph.model.vocabulary import vocabulary

# A share from here on may control a company; the starting value of the typologies (sigma).
CONTROLLING_SHARE = 0.1
# The word `parent` names the elder: the edge runs from parent to child, so the ends are exchanged.
_KIN_KINDS = {"parent": ("child", True)}

_TIES = f"""
CREATE OR REPLACE TEMP TABLE kin_ties AS
    SELECT * EXCLUDE (kind, turned) REPLACE (
        CASE WHEN turned THEN target ELSE source END AS source, CASE WHEN turned THEN source ELSE target END AS target,
        json_merge_patch(props, json_object('kind', kind, 'named', target))::VARCHAR AS props)
    FROM (SELECT p.*, coalesce(k.kind, 'kin') AS kind,
                 coalesce(k.swap, false) OR (coalesce(k.kind, 'kin') NOT IN ('child', 'child_in_law')
                                             AND p.source > p.target) AS turned
          FROM placed p LEFT JOIN kin_words k ON k.word = json_extract_string(p.props, '$.word')
          WHERE p.type = 'KIN');
CREATE OR REPLACE TEMP TABLE associate_ties AS
    SELECT * REPLACE (least(source, target) AS source, greatest(source, target) AS target)
    FROM placed WHERE type = 'ASSOC';
CREATE OR REPLACE TEMP TABLE post_ties AS
    SELECT p.* REPLACE (json_merge_patch(p.props, json_object('head', h.head))::VARCHAR AS props)
    FROM placed p
    LEFT JOIN names n ON n.id = p.target
    LEFT JOIN head_posts h ON h.unit = n.name AND h.post = json_extract_string(p.props, '$.post')
    WHERE p.type = 'HOLDS_POST';
CREATE OR REPLACE TEMP TABLE control_ties AS
    SELECT * REPLACE (
        json_merge_patch(props, json_object('control', CASE type
            WHEN 'LEGAL_REP' THEN true
            WHEN 'SHARE' THEN coalesce(json_extract(props, '$.ratio')::DOUBLE, 0) >= {CONTROLLING_SHARE}
            ELSE EXISTS (SELECT 1 FROM control_roles c
                         WHERE list_contains(
                             string_split_regex(json_extract_string(props, '$.role'), '[、,，;；/和兼]'), c.word))
            END))::VARCHAR AS props)
    FROM placed WHERE type IN ('LEGAL_REP', 'SHARE', 'OFFICER');
CREATE OR REPLACE TEMP TABLE subcontract_ties AS
    SELECT p.* REPLACE (c.source AS source, c.source_type AS source_type, weaker(p.identity, c.identity) AS identity)
    FROM placed p JOIN placed c ON c.type = 'SIGNED' AND c.target = p.source
    WHERE p.type = 'SUBCONTRACTS' AND p.source_type = 'Contract' AND c.source <> p.target
    UNION ALL SELECT * FROM placed WHERE type = 'SUBCONTRACTS' AND source_type = 'Company';
CREATE OR REPLACE TEMP TABLE nominee_ties AS
    SELECT p.* REPLACE (json_merge_patch(p.props, json_object('company', c.id))::VARCHAR AS props)
    FROM placed p LEFT JOIN places c ON c.entity_key = json_extract_string(p.props, '$.company')
    WHERE p.type = 'NOMINEE_FOR';
CREATE OR REPLACE TEMP VIEW ties AS
    SELECT * FROM kin_ties UNION ALL SELECT * FROM associate_ties UNION ALL SELECT * FROM post_ties
    UNION ALL SELECT * FROM control_ties UNION ALL SELECT * FROM subcontract_ties
    UNION ALL SELECT * FROM nominee_ties
    UNION ALL SELECT * FROM placed
    WHERE type NOT IN ('KIN', 'ASSOC', 'HOLDS_POST', 'LEGAL_REP', 'SHARE', 'OFFICER', 'SUBCONTRACTS', 'NOMINEE_FOR',
                       'TRANSFER');
"""


def is_head(post: str, unit: str) -> bool:
    """Tell whether a post is that of the head of the unit.

    Args:
        post: As the register writes it; several posts may be joined by 、 or 兼.
        unit: Name of the unit; a post may repeat part of it (教育局局长 of 某县教育局).
    """
    words = vocabulary("posts")
    for piece in post.replace("兼", "、").replace(",", "、").replace(",", "、").replace("/", "、").split("、"):
        text = piece.strip().removeprefix("任")
        if any(word in text for word in words["never"]):
            continue
        for title in sorted(words["heads"], key=len, reverse=True):
            if text.endswith(title):
                before = text.removesuffix(title)
                if not before or before in unit:
                    return True
                break
    return False


def _kin_words() -> pa.Table:
    rows = []
    for group, words in vocabulary("kin").items():
        kind, swap = _KIN_KINDS.get(group, (group, False))
        rows += [{"word": word, "kind": kind, "swap": swap} for word in words]
    return pa.Table.from_pylist(rows)


def read_meanings(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the view `ties`: relations with their meaning written into their properties; transfers are apart.

    Needs `placed` and `names` (id, name of every entity).
    """
    connection.register("kin_words", _kin_words())
    connection.register("control_roles", pa.table({"word": list(vocabulary("posts")["control"])}))
    pairs = connection.execute(
        """SELECT DISTINCT n.name, json_extract_string(p.props, '$.post') FROM placed p
        JOIN names n ON n.id = p.target WHERE p.type = 'HOLDS_POST'"""
    ).fetchall()
    heads = [{"unit": unit, "post": post, "head": True} for unit, post in pairs if post and is_head(post, unit or "")]
    schema = pa.schema([("unit", pa.string()), ("post", pa.string()), ("head", pa.bool_())])
    connection.register("head_posts", pa.Table.from_pylist(heads, schema=schema))
    connection.execute(_TIES)
