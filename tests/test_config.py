"""The configuration: what wins, and one sentence for what is wrong."""

import asyncio
import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import clock
from bot.config import load, overlooked
from bot.messages import Budget
from bot.platforms import telegram
from bot.sections.base import BadConfig
from bot.sections.telegram import Telegram


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_without_a_file_the_defaults_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load()
    assert settings.database.url == "sqlite+aiosqlite:///var/zhibu.db"
    assert settings.web.host == "127.0.0.1"
    assert settings.telegram.secret() == ""
    monkeypatch.setenv("ZHIBU_GENERAL__LANGUAGE", "en")
    assert load().general.language == "en"


def test_the_environment_wins_over_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('[general]\nlanguage = "en"\n[web]\nport = 9000\n')
    assert load(file).general.language == "en"
    monkeypatch.setenv("ZHIBU_GENERAL__LANGUAGE", "zh")
    assert load(file).general.language == "zh"
    assert load(file).web.port == 9000


def test_a_secret_stands_in_a_file_of_its_own_or_in_the_environment_and_is_never_shown(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "token"
    secret.write_text("1:secret\n")
    file.write_text(f'[telegram]\ntoken_file = "{secret}"\n')
    settings = load(file)
    assert settings.telegram.secret() == "1:secret"
    (tmp_path / "hook").write_text("s3cret-of-the-hook\n")
    file.write_text(
        f'[telegram]\nmode = "webhook"\nwebhook_url = "https://example.org/telegram/main"\nwebhook_secret_file = "{tmp_path / "hook"}"\n'
    )
    monkeypatch.setenv("ZHIBU_TELEGRAM__TOKEN", "1:environment")
    monkeypatch.setenv("ZHIBU_DATABASE__URL", "sqlite+aiosqlite:///x:p4ssw0rd@y")
    settings = load(file)
    assert settings.secrets()[:2] == ["1:environment", "s3cret-of-the-hook"]
    for shown in (repr(settings), str(settings.model_dump()), settings.model_dump_json(exclude={"database"})):
        assert not any(secret in shown for secret in settings.secrets()[:2])
    assert "p4ssw0rd" not in repr(settings)


@pytest.mark.parametrize("name", ["token_file", "webhook_secret_file"])
def test_a_secret_file_that_cannot_be_read_is_named(file: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    for place, why in (("/nowhere/x", "No such file"), (str(tmp_path), "Is a directory"), (str(tmp_path / "binary"), "it is not a text")):
        file.write_text(f'[telegram]\n{name} = "{place}"\n')
        with pytest.raises(BadConfig, match=f"{name} = {place} cannot be read: {why}"):
            load(file).secrets()
    (tmp_path / "odd").write_text("a b")
    file.write_text(f'[telegram]\nwebhook_secret_file = "{tmp_path / "odd"}"\n')
    with pytest.raises(BadConfig, match="A-Z a-z 0-9"):
        load(file).secrets()


@pytest.mark.parametrize(
    ("text", "secret", "instead"),
    [
        ('[telegram]\ntoken = "1:s3cret"\n', "s3cret", "token_file"),
        ('[telegram]\nwebhook_secret = "s3cret"\n', "s3cret", "webhook_secret_file"),
        ("[telegram]\ntoken = 12345\n", "12345", "ZHIBU_TELEGRAM__TOKEN"),
        ('[database]\nurl = "postgresql+asyncpg://zhibu:s3cret@db/zhibu"\n', "s3cret", "ZHIBU_DATABASE__URL"),
        ('[database]\nurl = "postgresql+asyncpg://db/zhibu?user=zhibu&password=s3cret"\n', "s3cret", "ZHIBU_DATABASE__URL"),
    ],
)
def test_a_secret_in_the_configuration_is_refused_with_what_to_do_instead(file: Path, text: str, secret: str, instead: str) -> None:
    file.write_text(text)
    with pytest.raises(BadConfig, match="does not belong into") as error:
        load(file)
    assert instead in str(error.value)
    assert secret not in str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[web]\nhost = "0.0.0.0"\n', "exposed = true"),
        ("[web]\nport = 99999\n", "web.port"),
        ("[web]\nprot = 1\n", "^[web] has no setting prot; did you mean port?$"),
        ("[web]\nzzz = 1\n", "^[web] has no setting zzz; there is host, port"),
        ("[wep]\nport = 1\n", "^there is no section [wep]; did you mean web?$"),
        ("port = 1\n", "^port belongs under [web]$"),
        ("web = 3\n", "^[web] must be a section"),
        ('[telegram]\nmode = "webhook"\n', "webhook_secret"),
        ('[database]\nurl = "mysql://x"\n', "must begin with"),
        ("[web\n", "not valid TOML"),
        ('[general]\nlanguage = "fr"\n', "general.language"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(file: Path, text: str, said: str) -> None:
    file.write_text(text)
    with pytest.raises(BadConfig, match=re.sub(r"([.?\[\]])", r"\\\1", said)) as error:
        load(file)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="there is no file"):
        load(tmp_path / "nothing.toml")


def test_listening_for_others_has_to_be_meant(file: Path) -> None:
    file.write_text('[web]\nhost = "0.0.0.0"\nexposed = true\n')
    assert load(file).web.exposed


def test_the_environment_adds_to_a_section_and_what_it_sets_is_checked_alike(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("zhibu_web__port", "9001")
    monkeypatch.setenv("ZHIBU_TEST_DATABASE", "means something to others")
    file.write_text('[web]\naddress = "http://here/"\n')
    assert (load(file).web.port, load(file).web.address) == (9001, "http://here/")
    file.write_text("web = 3\n")
    with pytest.raises(BadConfig, match=r"\[web\] must be a section"):
        load(file)
    monkeypatch.setenv("ZHIBU_WEB__PROT", "9002")
    with pytest.raises(BadConfig, match="did you mean port"):
        load()


def test_a_variable_of_a_section_that_is_not_there_is_refused_and_its_value_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIBU_WEBB__PORT", "9155")
    with pytest.raises(BadConfig, match=r"^ZHIBU_WEBB__PORT is set, but there is no section \[webb\]; did you mean web\?$"):
        load()


def test_a_variable_with_one_line_too_few_is_named_beside_the_one_that_was_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIBU_WEB_PORT", "9155")
    monkeypatch.setenv("ZHIBU_TEST_DATABASE", "means something to others")
    assert load().web.port == 8700
    assert overlooked() == [("ZHIBU_WEB_PORT", "ZHIBU_WEB__PORT")]


def test_what_a_platform_lets_through_is_a_setting_and_becomes_the_budget_of_its_account() -> None:
    section = Telegram(token=SecretStr("1:secret"), chat_per_second=2, group_per_minute=3, all_per_second=4)
    (platform,) = telegram.connected(section, clock.now, leads=asyncio.Event(), named=lambda _: asyncio.sleep(0))
    assert platform.budget == Budget(2, 3, 4)
    assert Budget(Telegram().chat_per_second, Telegram().group_per_minute, Telegram().all_per_second) == Budget()


def test_a_section_that_stands_there_twice_is_told_in_words(file: Path) -> None:
    file.write_text("[web]\n\n[onebot]\naccounts = []\n\n[web]\nport = 8700\n")
    with pytest.raises(BadConfig, match=r"has \[web\] twice; in line 6 it begins again.*前面已经有了，把第 6 行下面的话"):
        load(file)
    file.write_text("[web]\nport = 1\nport = 2\n")
    with pytest.raises(BadConfig, match="is not valid TOML"):
        load(file)
