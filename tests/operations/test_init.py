"""`zhibu init` and `zhibu link`: a branch without a database shell."""

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import Settings
from bot.operations import init
from bot.operations.lock import Lock
from bot.sections.onebot import OneBot
from bot.sections.qq import QQ
from bot.sections.telegram import Telegram
from bot.sections.wecom import WeCom
from tests.databases import ask
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
    (config.parent / "token").write_text(token, encoding="utf-8")
    config.write_text(config.read_text(encoding="utf-8") + f'[telegram]\ntoken_file = "{config.parent / "token"}"\n', encoding="utf-8")
    ran = zhibu(*FOUND, "-c", config)
    assert f"?start={code_in(ran.out)}" in ran.out
    assert token not in ran.out + ran.err


def test_the_deep_link_has_the_bots_name_once_that_is_known() -> None:
    settings = Settings(telegram=Telegram(token=SecretStr("123456789:secret")))
    unknown = init.next_steps(settings, init.Issued("ABCD2345", None))
    assert "NAME_OF_THE_BOT" in unknown
    assert "after the first start" in unknown
    assert "opens https://t.me/zhibu_bot?start=ABCD2345" in init.next_steps(
        settings, init.Issued("ABCD2345", "https://t.me/zhibu_bot?start=ABCD2345")
    )


def test_each_platform_that_is_set_up_is_named_with_what_the_secretary_does_there() -> None:
    none = init.next_steps(Settings(), init.Issued("ABCD2345", None))
    assert "No platform is set up yet" in none
    one = init.next_steps(Settings(onebot=OneBot(accounts=("123456",))), init.Issued("ABCD2345", None))
    assert "QQ（OneBot）" in one
    assert "makes the bot's account a friend" in one
    assert not [name for name in ("Telegram", "WeCom", "官方机器人", "No platform") if name in one]
    two = init.next_steps(Settings(qq=QQ(app_id="1"), wecom=WeCom(bot_id="x")), init.Issued("ABCD2345", None))
    assert "sends the bot 绑定 ABCD2345 in private; in the group then @机器人 绑定本群" in two
    assert "@机器人 绑定 with that code" in two
    assert "a code that 绑定新账号 gives" in two


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
    assert "zhibu is not running" in ran.err
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/enter/[\w-]{20,}\n", ran.out)
    nobody = zhibu("link", "某某", "-c", config)
    assert nobody.code == 1
    assert "某某" in nobody.err


@pytest.mark.sqlite
def test_a_link_leads_to_where_zhibu_runs(zhibu: Zhibu, config: Path, tmp_path: Path) -> None:
    zhibu(*FOUND, "-c", config)
    with Lock(tmp_path / "zhibu.db") as lock:
        lock.publish("http://127.0.0.1:8703/")
        ran = zhibu("link", "王秀英", "-c", config)
    assert ran.out.startswith("http://127.0.0.1:8703/enter/")
    assert ran.err == ""


@pytest.mark.sqlite
def test_a_folder_that_is_not_there_is_named_and_only_var_is_made(zhibu: Zhibu, tmp_path: Path) -> None:
    config = tmp_path / "typo.toml"
    config.write_text(f'[database]\nurl = "sqlite+aiosqlite:///{tmp_path}/vra/zhibu.db"\n', encoding="utf-8")
    ran = zhibu(*FOUND, "-c", config)
    assert (ran.code, ran.out) == (1, "")
    assert f"there is no folder {tmp_path}/vra" in ran.err
    assert not (tmp_path / "vra").exists()
    assert zhibu(*FOUND).code == 0
    assert (tmp_path / "var" / "zhibu.db").exists()


def facts(url: str) -> dict[str, str]:
    return {row.name: row.value for row in ask(url, "SELECT name, value FROM setting")}


def test_a_command_beside_the_program_that_runs_does_not_change_what_that_was_told(zhibu: Zhibu, config: Path, blank_url: str) -> None:
    zhibu(*FOUND, "-c", config)
    ask(blank_url, "INSERT INTO setting (name, value) VALUES ('language', 'en'), ('operator', '老赵'), ('abroad_is_own_choice', 'yes')")
    before = facts(blank_url)
    for command in (("link", "王秀英"), ("init", "--again"), ("doctor",)):
        zhibu(*command, "-c", config)
    assert facts(blank_url) == before


@pytest.mark.sqlite
def test_beside_an_older_program_that_runs_nothing_is_migrated(zhibu: Zhibu, config: Path, tmp_path: Path) -> None:
    with Lock(tmp_path / "zhibu.db"):
        ran = zhibu(*FOUND, "-c", config)
    assert (ran.code, "stop it first" in ran.err) == (1, True)
    assert not (tmp_path / "zhibu.db").exists()
