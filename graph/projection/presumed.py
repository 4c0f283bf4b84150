"""Starts that registers leave out and that may only be presumed; each is marked so that a hit can say it."""

# The business register shows who represents a company, not since when. Where no source gives a start, the founding day
# is presumed; a recorded change of the representative gives real dates, which then stand.
LEGAL_REP = """
UPDATE edge_rows SET valid_from = f.founded,
    props = json_merge_patch(props, '{"presumed":true}')::VARCHAR
FROM (SELECT id, min(json_extract_string(props, '$.founded')::DATE) AS founded FROM entity_rows
      WHERE type = 'Company' GROUP BY id) f
WHERE edge_rows.type = 'LEGAL_REP' AND edge_rows.valid_from IS NULL AND f.id = edge_rows.target
  AND f.founded IS NOT NULL AND (edge_rows.valid_to IS NULL OR f.founded <= edge_rows.valid_to)
  -- Somebody else came before: then the start is unknown, not the founding.
  AND NOT EXISTS (SELECT 1 FROM edge_rows o WHERE o.type = 'LEGAL_REP' AND o.target = edge_rows.target
                  AND o.source <> edge_rows.source AND o.valid_to IS NOT NULL AND edge_rows.valid_to IS NULL);
"""
