"""`zhibu unit …`: the operator keeps the tree of organisations."""

from pathlib import Path

from tests.operations.conftest import Zhibu

TOWN = "青石岭镇党委"


def test_an_operator_builds_and_changes_the_tree(zhibu: Zhibu, config: Path) -> None:
    zhibu("init", "--branch", "红旗村支部", "--secretary", "王秀英", "-c", config)
    assert zhibu("unit", "add", TOWN, "--kind", "committee", "-c", config).code == 0
    assert zhibu("unit", "add", "东片党总支", "--kind", "general-branch", "--under", TOWN, "-c", config).code == 0
    assert "stands under “东片党总支”" in zhibu("unit", "move", "红旗村支部", "--under", "东片党总支", "-c", config).out
    assert zhibu("unit", "list", "-c", config).out.splitlines() == [TOWN, "　└ 东片党总支", "　　└ 红旗村支部"]
    assert "the old name is kept" in zhibu("unit", "rename", "东片党总支", "东山党总支", "-c", config).out
    circle = zhibu("unit", "move", TOWN, "--under", "东山党总支", "-c", config)
    assert circle.code == 1
    assert "cannot stand under itself or under “东山党总支”" in circle.err
    assert "There are units under" in zhibu("unit", "close", "东山党总支", "-c", config).err
    zhibu("unit", "move", "红旗村支部", "--under", TOWN, "-c", config)
    assert zhibu("unit", "close", "东山党总支", "-c", config).code == 0
    assert zhibu("unit", "list", "-c", config).out.splitlines() == [TOWN, "　└ 红旗村支部"]
    assert "Nothing is noted" in zhibu("unit", "list", "--on", "2020-01-01", "-c", config).err


def test_an_operator_appoints_an_organiser_and_ends_it(zhibu: Zhibu, config: Path) -> None:
    zhibu("init", "--branch", "红旗村支部", "--secretary", "王秀英", "-c", config)
    zhibu("unit", "add", TOWN, "--kind", "党委", "-c", config)
    assert zhibu("unit", "appoint", "王秀英", TOWN, "-c", config).out == f"王秀英 is organiser of “{TOWN}” now.\n"
    assert "no longer" in zhibu("unit", "appoint", "王秀英", TOWN, "--dismiss", "-c", config).out
    assert "is not organiser" in zhibu("unit", "appoint", "王秀英", TOWN, "--dismiss", "-c", config).err
    assert "nobody called" in zhibu("unit", "appoint", "李小山", TOWN, "-c", config).err
    assert "--kind is one of" in zhibu("unit", "add", "某组", "--kind", "队", "-c", config).err
    assert "founded with “zhibu init”" in zhibu("unit", "add", "某支部", "--kind", "branch", "-c", config).err
