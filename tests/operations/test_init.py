"""`zhibu init` and `zhibu link`: a branch without a database shell."""

import re
from pathlib import Path

from tests.operations.conftest import Zhibu

FOUND = ("init", "--branch", "红旗村支部", "--secretary", "王秀英")


def code_in(out: str) -> str:
    found = re.search(r"code for the secretary: (\S{8}) ", out)
    assert found, out
    return found[1]


def test_a_branch_is_founded_and_its_secretary_gets_a_code_and_the_next_steps(zhibu: Zhibu, config: Path) -> None:
    ran = zhibu(*FOUND, "-c", config)
    assert ran.code == 0
    assert f"绑定 {code_in(ran.out)}" in ran.out
    assert "绑定本群" in ran.out
    assert "zhibu link" in ran.out


def test_with_telegram_the_deep_link_is_told_and_the_token_is_not(zhibu: Zhibu, config: Path) -> None:
    token = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
    config.write_text(config.read_text(encoding="utf-8") + f'[telegram]\ntoken = "{token}"\n', encoding="utf-8")
    ran = zhibu(*FOUND, "-c", config)
    assert f"?start={code_in(ran.out)}" in ran.out
    assert token not in ran.out + ran.err


def test_the_same_branch_is_not_founded_twice_but_a_lost_code_is_replaced(zhibu: Zhibu, config: Path) -> None:
    first = code_in(zhibu(*FOUND, "-c", config).out)
    again = zhibu(*FOUND, "-c", config)
    assert again.code == 1
    assert "--again" in again.err
    assert code_in(zhibu("init", "--again", "-c", config).out) != first


def test_with_several_branches_the_one_that_is_meant_has_to_be_named(zhibu: Zhibu, config: Path) -> None:
    zhibu(*FOUND, "-c", config)
    zhibu("init", "--branch", "青山支部", "--secretary", "赵国强", "-c", config)
    unclear = zhibu("init", "--again", "-c", config)
    assert unclear.code == 1
    assert "青山支部" in unclear.err
    assert zhibu("init", "--again", "--branch", "青山支部", "-c", config).code == 0
    assert zhibu("init", "--again", "--branch", "没有支部", "-c", config).code == 1


def test_without_names_and_without_a_terminal_it_says_which_option_is_missing(zhibu: Zhibu, config: Path) -> None:
    ran = zhibu("init", "-c", config)
    assert ran.code == 1
    assert "--branch" in ran.err


def test_a_link_opens_the_chat_page_of_a_member_and_of_nobody_else(zhibu: Zhibu, config: Path) -> None:
    assert "zhibu init" in zhibu("link", "王秀英", "-c", config).err
    zhibu(*FOUND, "-c", config)
    ran = zhibu("link", "王秀英", "-c", config)
    assert ran.code == 0
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/enter/[\w-]{20,}\n", ran.out)
    nobody = zhibu("link", "某某", "-c", config)
    assert nobody.code == 1
    assert "某某" in nobody.err
