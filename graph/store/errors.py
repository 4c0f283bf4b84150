"""What can go wrong between shenwa and a graph engine, one leaf per thing a person can act on.

StoreError
├── NothingApplied      no graph has been built yet
├── MissingEnd          a canonical edge names a node that the tables do not hold
├── BadProperty         a canonical row holds what the model does not know or cannot type
├── QueryTimeout        the time given to a query was up
├── QueryTooLarge       a query would have held more rows in memory than it may
├── QueryRefused        the engine did not accept the text
├── WriteRefused        a text that writes, or reads files, was sent to a read-only view
├── ScopeRefused        a limited scope was asked to run a query that names no evidence
├── ViewClosed          a view was used after it was closed
├── Unreachable         no server answers
├── WrongPassword       the server does not accept the login
├── NoSuchDatabase      the server has no database of that name
└── ForeignDatabase     the database belongs to something else
"""

from graph.errors import StoreError


class NothingApplied(StoreError):
    """No graph has been built yet, or what there was cannot be read."""

    zh = "图谱尚未建立或不能读取;请先导入,或执行 rebuild"
    en = "no graph has been built yet, or it cannot be read; import something first, or run rebuild"


class MissingEnd(StoreError):
    """A canonical edge names a node that the tables do not hold."""

    zh = "图数据不一致:关系 {eid} 的一端不存在(共 {count} 条),未写入图库"
    en = (
        "the graph tables do not fit together: an end of edge {eid} is missing ({count} such edges), "
        "nothing was applied"
    )


class BadProperty(StoreError):
    """A canonical row holds a property that the model does not know or whose value has another type."""

    zh = "图数据与模型不符:{type}({reason}),未写入图库"
    en = "the graph tables do not fit the model: {type} ({reason}), nothing was applied"


class QueryTimeout(StoreError):
    """The time given to a query was up."""

    zh = "查询超过 {seconds} 秒,已停止;请缩小范围后再试"
    en = "the query took longer than {seconds} s and was stopped; narrow it and try again"


class QueryTooLarge(StoreError):
    """A query would have held more rows in memory than it may."""

    zh = "查询涉及的数据过多,已停止;请缩小范围后再试"
    en = "the query touches too much data and was stopped; narrow it and try again"


class QueryRefused(StoreError):
    """The engine did not accept the text."""

    zh = "图数据库不接受这条查询:{reason}"
    en = "the graph engine does not accept this query: {reason}"


class WriteRefused(StoreError):
    """A text that would write or read files reached a read-only view."""

    zh = "查询只能读取图谱,不能写入、调用过程或读取文件"
    en = "a query may only read the graph; it may not write, call procedures or read files"


class ScopeRefused(StoreError):
    """Without columns that hold eids, what a limited reader may see cannot be told."""

    zh = "在限定案件范围内,查询必须返回所依据的关系编号"
    en = "within a limited scope a query must return the eids that it rests on"


class ViewClosed(StoreError):
    """A view was used after it was closed."""

    zh = "图谱视图已关闭;请重新打开"
    en = "this view of the graph is closed; open it again"


class Unreachable(StoreError):
    """No server answers at the address."""

    zh = "图数据库 {url} 连接不上;请检查服务是否启动、地址是否正确"
    en = "the graph database {url} cannot be reached; check that it runs and that the address is right"


class WrongPassword(StoreError):
    """The server does not accept the login."""

    zh = "图数据库 {url} 不接受用户 {user} 的口令;请检查 SHENWA_GRAPH_USER 和 SHENWA_GRAPH_PASSWORD_FILE"
    en = (
        "the graph database {url} does not accept the password of user {user}; "
        "check SHENWA_GRAPH_USER and SHENWA_GRAPH_PASSWORD_FILE"
    )


class NoSuchDatabase(StoreError):
    """The server has no database of that name."""

    zh = "图数据库 {url} 中没有名为 {database} 的库;请检查 SHENWA_GRAPH_DATABASE"
    en = "the graph server {url} has no database named {database}; check SHENWA_GRAPH_DATABASE"


class ForeignDatabase(StoreError):
    """The database holds something that this workspace did not put there."""

    zh = "图数据库 {url} 中已有别的内容,不属于本工作区,未作任何改动;请换一个空库,或用 doctor --take-over 接管"
    en = (
        "the graph database {url} holds something that does not belong to this workspace, nothing was changed; "
        "use an empty database, or doctor --take-over"
    )
