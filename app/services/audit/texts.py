"""The Cypher of `audit`: one small step each, inside the portable subset, every row citing the edge it rests on."""

SIGNED = """
MATCH (c:Contract)<-[r:SIGNED]-(f:Company)
WHERE c.id IN $ids
RETURN c.id AS here, f.id AS there, r.eid AS eid
ORDER BY here, there, eid
LIMIT $max_rows
"""
CONTRACTS = """
MATCH (f:Company)-[r:SIGNED]->(c:Contract)
WHERE f.id IN $ids
RETURN f.id AS here, c.id AS there, r.eid AS eid
ORDER BY here, there, eid
LIMIT $max_rows
"""
BUYERS = """
MATCH (c:Contract)<-[r:BUYER]-(a:Agency)
WHERE c.id IN $ids
RETURN c.id AS here, a.id AS there, r.eid AS eid
ORDER BY here, there, eid
LIMIT $max_rows
"""
TENDERS = """
MATCH (c:Contract)-[r:FROM]->(t:Tender)
WHERE c.id IN $ids
RETURN c.id AS here, t.id AS there, r.eid AS eid
ORDER BY here, there, eid
LIMIT $max_rows
"""
TENDER_BUYERS = """
MATCH (t:Tender)<-[r:BUYER]-(a:Agency)
WHERE t.id IN $ids
RETURN t.id AS here, a.id AS there, r.eid AS eid
ORDER BY here, there, eid
LIMIT $max_rows
"""
OWNERS = """
MATCH (f:Company)<-[r:SHARE|OFFICER|LEGAL_REP]-(o)
WHERE f.id IN $ids
RETURN f.id AS here, o.id AS there, r.eid AS eid
ORDER BY here, there, eid
LIMIT $max_rows
"""
CLOSE = """
MATCH (p:Person)-[r:KIN|ASSOC]-(q:Person)
WHERE p.id IN $ids AND q.id <> p.id
RETURN p.id AS here, q.id AS there, r.eid AS eid
ORDER BY here, there, eid
LIMIT $max_rows
"""
NOMINEES = """
MATCH (p:Person)-[r:NOMINEE_FOR]->(q:Person)
WHERE p.id IN $ids
RETURN p.id AS here, q.id AS there, r.eid AS eid
ORDER BY here, there, eid
LIMIT $max_rows
"""
POWERS = """
MATCH (p:Person)-[r:HAS_POWER]->(a:Agency)
WHERE p.id IN $ids
RETURN p.id AS here, a.id AS there, r.eid AS eid
ORDER BY here, there, eid
LIMIT $max_rows
"""
ABOVE = """
MATCH (a:Agency)<-[r:SUPERVISES]-(b:Agency)
WHERE a.id IN $ids
RETURN a.id AS here, b.id AS there, r.eid AS eid
ORDER BY here, there, eid
LIMIT $max_rows
"""
RECUSALS = """
MATCH (p:Person)-[r:RECUSED]->(m)
WHERE p.id IN $ids
RETURN p.id AS here, m.id AS there, r.eid AS eid
ORDER BY here, there, eid
LIMIT $max_rows
"""
COLUMNS = ("here", "there", "eid")
ALL = (SIGNED, CONTRACTS, BUYERS, TENDERS, TENDER_BUYERS, OWNERS, CLOSE, NOMINEES, POWERS, ABOVE, RECUSALS)
