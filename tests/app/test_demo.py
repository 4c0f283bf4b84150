"""The demonstration: hits as a table, a second run that reads nothing again, and never mixed with real files."""

from pathlib import Path

from tests.support.commands import shenwa


def test_the_demonstration_twice(tmp_path: Path) -> None:
    first = shenwa(tmp_path / "w", "demo")
    assert first.code == 0, first.err
    assert "shadow_company" in first.out
    assert "待核查" in first.out
    assert "仅供研判" in first.out
    second = shenwa(tmp_path / "w", "demo")
    assert second.code == 0
    assert "新读入 0 行" in second.err
    assert second.out == first.out


def test_the_demonstration_is_not_mixed_with_real_files(village: Path) -> None:
    ran = shenwa(village, "demo")
    assert ran.code == 2
    assert "不与其混放" in ran.sentence()
