"""The first rules of identity, as SQL over the visible assertions.

The ID number with its name, the credit code and the account are hard keys: records that share them already share their
entity key. What is left to decide here:

- `id_only`: an ID number without a name is the person known under that number, while there is only one such name.
- `name_unit`: a name read with a unit is the person of that name whom a hard key ties to that unit, while no second
  bearer of the name is known there.
- `company_name`: a full company name is the company registered under it (now, or before a change of name), while only
  one is.
- `public_body`: a payee known by name only, whose name is that of a public body, is that body.

The same ID number under different names is never joined: it goes to the queue, and only the name that most sources
give keeps the number as its identity.
"""

_PEOPLE = """
CREATE OR REPLACE TEMP TABLE numbered AS
    SELECT entity_key, json_extract_string(props, '$.code') AS code, fold(any_value(name)) AS name,
           count(*) AS sources, any_value(name) AS shown
    FROM live_assertions WHERE type = 'Person' AND key_kind = 'id' GROUP BY ALL;
CREATE OR REPLACE TEMP TABLE contested AS
    SELECT code FROM numbered WHERE name IS NOT NULL GROUP BY code HAVING count(DISTINCT entity_key) > 1;
-- The one name that strictly most sources give keeps the number; nobody keeps it in a tie.
CREATE OR REPLACE TEMP TABLE doubtful AS
    SELECT entity_key FROM (
        SELECT n.entity_key, n.sources, max(o.sources) AS rival
        FROM numbered n JOIN contested USING (code)
        JOIN numbered o ON o.code = n.code AND o.entity_key <> n.entity_key AND o.name IS NOT NULL
        WHERE n.name IS NOT NULL GROUP BY ALL) WHERE sources <= rival;
CREATE OR REPLACE TEMP TABLE id_only AS
    SELECT bare.entity_key, min(named.entity_key) AS canonical
    FROM numbered bare JOIN numbered named ON named.code = bare.code AND named.name IS NOT NULL
    WHERE bare.name IS NULL AND named.entity_key NOT IN (SELECT entity_key FROM doubtful)
    GROUP BY bare.entity_key HAVING count(DISTINCT named.entity_key) = 1;
"""

_NAME_UNIT = """
CREATE OR REPLACE TEMP TABLE bearers AS
    SELECT DISTINCT a.entity_key, fold(a.name) AS name, a.context AS unit
    FROM live_assertions a
    WHERE a.type = 'Person' AND a.key_kind = 'id' AND a.name IS NOT NULL AND a.context IS NOT NULL
      AND a.entity_key NOT IN (SELECT entity_key FROM doubtful);
CREATE OR REPLACE TEMP TABLE named_in_unit AS
    SELECT a.entity_key, count(DISTINCT b.entity_key) AS bearers, min(b.entity_key) AS bearer
    FROM (SELECT DISTINCT entity_key, fold(name) AS name, context AS unit FROM live_assertions
          WHERE type = 'Person' AND key_kind IN ('name_unit', 'name_account')) a
    LEFT JOIN bearers b USING (name, unit)
    GROUP BY a.entity_key;
"""

_COMPANIES = """
CREATE OR REPLACE TEMP TABLE company_names AS
    SELECT DISTINCT entity_key, fold(name) AS name FROM live_assertions
    WHERE type = 'Company' AND key_kind = 'code' AND name IS NOT NULL
    UNION
    SELECT entity_key, fold(unnest(string_split_regex(json_extract_string(props, '$.former'), '[、,，;；/]')))
    FROM live_assertions
    WHERE type = 'Company' AND key_kind = 'code' AND json_extract_string(props, '$.former') IS NOT NULL;
CREATE OR REPLACE TEMP TABLE named_companies AS
    SELECT a.entity_key, min(c.entity_key) AS canonical
    FROM (SELECT DISTINCT entity_key, fold(name) AS name FROM live_assertions
          WHERE type = 'Company' AND key_kind = 'company_name') a
    JOIN company_names c USING (name)
    GROUP BY a.entity_key HAVING count(DISTINCT c.entity_key) = 1;
CREATE OR REPLACE TEMP TABLE public_bodies AS
    SELECT c.entity_key, a.entity_key AS canonical
    FROM (SELECT DISTINCT entity_key, fold(name) AS name FROM live_assertions
          WHERE type = 'Company' AND key_kind = 'company_name') c
    JOIN (SELECT DISTINCT entity_key, fold(name) AS name FROM live_assertions WHERE type = 'Agency') a USING (name)
    WHERE c.entity_key NOT IN (SELECT entity_key FROM named_companies)
      AND c.entity_key NOT IN (SELECT source_key FROM live_relations WHERE type <> 'OWNS')
      AND c.entity_key NOT IN (SELECT target_key FROM live_relations);
"""

SCRIPTS = (_PEOPLE, _NAME_UNIT, _COMPANIES)

# entity_key, canonical, reason (for people), probability, method
CLUSTERS = """
SELECT entity_key, canonical, '身份证号相同,且该号码下只有一个姓名' AS reason, 1.0 AS probability, 'id_only' AS method
FROM id_only
UNION ALL
SELECT entity_key, bearer, '姓名与单位相同,该单位未见第二个同名人', .9, 'name_unit' FROM named_in_unit WHERE bearers = 1
UNION ALL
SELECT entity_key, canonical, '企业全称(含曾用名)相同,只有一家登记', .95, 'company_name' FROM named_companies
UNION ALL
SELECT entity_key, canonical, '与公共单位全称相同', .95, 'public_body' FROM public_bodies
ORDER BY entity_key
"""
QUEUE = """
SELECT a.entity_key AS a, b.entity_key AS b, 'id_two_names' AS reason,
       to_json({code: a.code, a: a.shown, b: b.shown})::VARCHAR AS facts
FROM numbered a JOIN numbered b ON a.code = b.code AND a.entity_key < b.entity_key
WHERE a.name IS NOT NULL AND b.name IS NOT NULL
UNION ALL
SELECT entity_key, bearer, 'name_unit_ambiguous', to_json({bearers: bearers})::VARCHAR
FROM named_in_unit WHERE bearers > 1
ORDER BY a, b
"""
# Sources of a name that contradicts the name most sources give for the same ID number.
OTHER_NAMES = """
SELECT a.doc, a.locator, a.name AS name, keeper.shown AS other
FROM live_assertions a JOIN doubtful USING (entity_key)
JOIN numbered mine USING (entity_key)
LEFT JOIN numbered keeper ON keeper.code = mine.code AND keeper.entity_key <> mine.entity_key
     AND keeper.name IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY a.doc, a.locator ORDER BY keeper.sources DESC, keeper.entity_key) = 1
ORDER BY a.doc, a.locator
"""
