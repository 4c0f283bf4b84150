"""Register list and register new: a mapping stamped from an unknown table loads, is checked, and is used."""

from pathlib import Path

from ingest.registers.catalogue import catalogue, read_mapping
from ingest.registers.mapping import Mapping
from tests.support.commands import shenwa
from tests.support.registers import write_csv

HEADER = ["户主", "户主证号", "补助项目", "年份", "发放金额", "村"]


def test_every_shipped_mapping_survives_being_written_as_toml(tmp_path: Path) -> None:
    from app.services.stamping import to_toml

    for mapping in catalogue().values():
        path = tmp_path / f"{mapping.id}.toml"
        path.write_text(to_toml(mapping), encoding="utf-8")
        assert read_mapping(path) == mapping


def test_an_unknown_table_gets_a_mapping_that_is_used(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "危房补助.csv", HEADER, [["某人", "", "危房", "2020", "1,000.00", "某村"]])
    unknown = shenwa(tmp_path / "w", "import", table)
    assert unknown.code == 2
    ran = shenwa(tmp_path / "w", "register", "new", table)
    assert ran.code == 0
    path = Path(ran.out.strip())
    assert path == tmp_path / "w" / "registers" / "wei_fang_bu_zhu.toml"
    mapping: Mapping = read_mapping(path)
    assert {"户主证号", "补助项目", "年份"} <= mapping.columns.keys()
    assert "补贴发放" in ran.err
    listed = shenwa(tmp_path / "w", "register", "list", "--json").json()
    assert "wei_fang_bu_zhu" in {line["id"] for line in listed}
    imported = shenwa(tmp_path / "w", "import", table, "--json")
    assert (imported.code, imported.json()[-1]["rows"]) == (0, 1)


def test_what_is_known_or_names_reporters_is_not_stamped(tmp_path: Path) -> None:
    known = write_csv(tmp_path / "任职.csv", ["姓名", "单位", "职务"], [["某人", "某局", "科员"]])
    ran = shenwa(tmp_path / "w", "register", "new", known)
    assert ran.code == 2
    assert "任职" in ran.sentence()
    secret = write_csv(tmp_path / "信访.csv", ["举报人", "村", "发放金额"], [["某人", "某村", "1"]])
    ran = shenwa(tmp_path / "w", "register", "new", secret)
    assert ran.code == 2
    assert "举报人" in ran.sentence()
    assert not (tmp_path / "w" / "registers").exists()


def test_an_id_has_to_be_usable_and_free(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "x.csv", HEADER, [["某人", "", "危房", "2020", "1", "某村"]])
    for wrong in ("Post", "post", "a b", "../x"):
        assert shenwa(tmp_path / "w", "register", "new", table, "--id", wrong).code == 2
