"""What is looked at before a file is opened: what it really is, whether it is empty, a bomb, or one endless line."""

import zipfile
from pathlib import Path

from ingest.readers.unreadable import Unreadable

LINE_LIMIT = 1 << 20
BOMB_RATIO = 100
BOMB_SIZE = 100_000_000

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"PK\x03\x04", "zip", "压缩包(可能是 xlsx、docx)", "a zip archive (xlsx or docx, perhaps)"),
    (b"PK\x05\x06", "zip", "空的压缩包", "an empty zip archive"),
    (OLE, "ole", "旧版 Office 文件(xls、doc)或加密的工作簿", "an old Office file (xls, doc) or an encrypted workbook"),
    (b"%PDF", "pdf", " PDF 文件", "a PDF file"),
    (b"\x89PNG", "png", " PNG 图片", "a PNG image"),
    (b"\xff\xd8\xff", "jpeg", " JPEG 图片", "a JPEG image"),
    (b"\x1f\x8b", "gzip", " gzip 压缩文件", "a gzip file"),
    (b"Rar!", "rar", " RAR 压缩包", "a RAR archive"),
    (b"7z\xbc\xaf", "7z", " 7z 压缩包", "a 7z archive"),
    (b"PAR1", "parquet", " Parquet 文件", "a Parquet file"),
    (b"SQLite format 3", "sqlite", " SQLite 数据库", "an SQLite database"),
    (b"{\\rtf", "rtf", " RTF 文档", "an RTF document"),
)


def check_content(path: Path, allowed: frozenset[str]) -> str:
    """Say what a file is by its first bytes.

    Args:
        path: The file.
        allowed: Kinds that its suffix promises: `zip`, `ole`, `text`.

    Returns:
        The kind.

    Raises:
        Unreadable: Missing, empty, or another kind than its suffix promises.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(64)
    except OSError as error:
        raise Unreadable("file.missing", path, detail=error.strerror or type(error).__name__) from error
    if not head:
        raise Unreadable("file.empty", path)
    kind, zh, en = "text", "文本(可能是 csv、网页)", "text (CSV or a web page, perhaps)"
    for magic, name, name_zh, name_en in _MAGIC:
        if head.startswith(magic):
            kind, zh, en = name, name_zh, name_en
            break
    if kind not in allowed:
        raise Unreadable("file.suffix", path, suffix=path.suffix.lower(), actual_zh=zh, actual_en=en)
    return kind


def check_zip(path: Path) -> None:
    """Refuse an archive that unpacks to far more than it holds.

    Raises:
        Unreadable: A bomb, or no sound archive.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
            packed = max(1, sum(part.compress_size for part in archive.infolist()))
    except (zipfile.BadZipFile, ValueError, RuntimeError) as error:
        raise Unreadable("file.damaged", path, detail=str(error)) from error
    if size > BOMB_SIZE and size / packed > BOMB_RATIO:
        raise Unreadable("file.bomb", path, size=str(size), ratio=str(size // packed))
