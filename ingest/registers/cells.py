"""SQL that cleans a cell and reads the plain forms of a value; what it cannot read goes to `odd`."""

from graph.keys import BLANK, SQL_MACROS, UNRESOLVED


def quoted(name: str) -> str:
    """Return a column name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str | bool) -> str:
    """Return a constant as an SQL literal."""
    if isinstance(text, bool):
        return str(text).lower()
    return "'" + text.replace("'", "''") + "'"


MACROS = f"""
{SQL_MACROS}
CREATE OR REPLACE MACRO cell(x) AS
    CASE WHEN regexp_matches(x, '^({BLANK}|[''`‘’])|{BLANK}$')
         THEN nullif(regexp_replace(x, '^([''`‘’]|{BLANK})+|{BLANK}+$', '', 'g'), '')
         WHEN x <> '' THEN x END;
CREATE OR REPLACE MACRO closed_up(x) AS
    CASE WHEN regexp_matches(x, '{BLANK}') THEN
        CASE WHEN regexp_matches(x, '[A-Za-z]{BLANK}+[A-Za-z]') THEN regexp_replace(x, '{BLANK}+', ' ', 'g')
             ELSE regexp_replace(x, '{BLANK}+', '', 'g') END
    ELSE x END;
CREATE OR REPLACE MACRO number_of(x) AS
    CASE WHEN regexp_full_match(x, '[0-9A-Z-]+') THEN x
         ELSE nullif(regexp_replace(fold(x), '^[''`‘’]+', ''), '') END;
CREATE OR REPLACE MACRO plain_date(x) AS
    CASE WHEN regexp_full_match(x, '(19|20)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}') THEN try_cast(x AS DATE) END;
CREATE OR REPLACE MACRO plain_time(x) AS
    CASE WHEN x LIKE '____-__-__ __:__:__' AND x >= '1900' AND x < '2100' THEN try_cast(x AS TIMESTAMP)
         WHEN regexp_full_match(x, '(19|20)[0-9]{{12}}') THEN try_strptime(x, '%Y%m%d%H%M%S')
         WHEN regexp_full_match(x, '(19|20)[0-9]{{2}}/[0-9]{{1,2}}/[0-9]{{1,2}} [0-9]{{1,2}}:[0-9]{{2}}:[0-9]{{2}}')
              THEN try_strptime(x, '%Y/%m/%d %H:%M:%S') END;
CREATE OR REPLACE MACRO plain_number(x) AS
    CASE WHEN regexp_full_match(x, '-?[0-9]{{1,15}}([.][0-9]+)?') THEN try_cast(x AS DOUBLE)
         WHEN regexp_full_match(x, '-?[0-9]{{1,3}}(,[0-9]{{3}})+([.][0-9]+)?')
              THEN try_cast(replace(x, ',', '') AS DOUBLE)
    END;
CREATE OR REPLACE MACRO is_masked(x) AS regexp_matches(x, '[某×*＊xX○〇?？]') AND NOT regexp_matches(x, '[a-wyzA-WYZ]');
CREATE OR REPLACE MACRO ref_key(number) AS shenwa_key('{UNRESOLVED}', 'code', number);
"""
