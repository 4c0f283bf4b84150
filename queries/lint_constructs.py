"""Constructs of Cypher that mean something else on one of the engines, and what to write instead."""

# (pattern on the text without strings and comments, rule, what to say)
FORBIDDEN_CONSTRUCTS = (
    (
        r"\.(title|type|label)\b",
        "property",
        "属性名 title、type、label 在 kglite 上会给出编造的值",
        "kglite invents values for title, type, label",
    ),
    (
        r"(?i)(?<![.\w])(id|elementId|keys|properties)\s*\(",
        "function",
        "不用 id()、elementId()、keys()、properties()",
        "no id(), elementId(), keys(), properties()",
    ),
    (r"\w\s*\{\s*\.", "projection", "不用 n{.*} 或 r{.a}", "no map projections such as n{.*} or r{.a}"),
    (
        r"(?i)\b(percentile\w*|round|avg|stdev\w*|toString|toStringOrNull)\s*\(",
        "rounding",
        "不用百分位、取整、avg、toString,两种引擎结果不同",
        "no percentiles, rounding, avg, toString: engines differ",
    ),
    (r"/\s*0(\.0*)?(?![.\d])", "division", "不除以零", "no division by zero"),
    (
        r"(?i)\bduration\.(?!inDays\b|inMonths\b)\w+",
        "duration",
        "日期差只用 duration.inDays、inMonths",
        "date differences by duration.inDays or inMonths only",
    ),
    (
        r"(?i)\bduration\s*\(\s*\{[^}]*\b(hours|minutes|seconds|weeks|milliseconds)\b",
        "duration",
        "日期只加减年、月、日",
        "only years, months and days are added to dates",
    ),
    (
        r"(?i)\ballShortestPaths\s*\(",
        "paths",
        "不用 allShortestPaths,它不理会超时",
        "no allShortestPaths: it ignores the timeout",
    ),
    (
        r"(?i)\bSHORTEST\s+\d|\)\s*\{\s*\d|\)\s*[+*](?!\s*[\w(.$])",
        "paths",
        "不用量化路径与 SHORTEST",
        "no quantified paths, no SHORTEST",
    ),
    (r"(?i)\bCOLLECT\s*\{", "subquery", "不用 COLLECT {}", "no COLLECT {}"),
    (
        r"(?i)\bOPTIONAL\s+CALL\b|\bCALL\s*\{",
        "subquery",
        "子查询只写 CALL (x) { … }",
        "subqueries are written CALL (x) { … }",
    ),
    (r"(?i)\bapoc\b", "procedure", "不用 APOC", "no APOC"),
    (r"(?i)\bUSING\s+(INDEX|SCAN|JOIN)\b", "hint", "不用提示", "no hints"),
    (r"[(\[]\s*\w*\s*:\s*!|:\w+\s*&", "label", "标签不用 ! 与 &", "no ! and & in labels"),
    (r"\(\s*\w*\s*:[^()]*\bWHERE\b", "inline_where", "节点内不写 WHERE", "no WHERE inside a node"),
    (r"[\w.)]\s*(<=|>=|<|>)\s*[\w.$]+\s*(<=|>=|<|>)\s*[\w.$(]", "comparison", "比较不连写", "no chained comparisons"),
    (r"(?i)ORDER\s+BY[^)}]*count\s*\(\s*\*", "order", "ORDER BY 中不用 count(*)", "no count(*) in ORDER BY"),
    (r"(?i)\$limit\b", "parameter", "参数不叫 $limit", "no parameter called $limit"),
)
