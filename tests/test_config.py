"""The configuration: what wins, and one sentence for what is wrong."""

import re
from pathlib import Path

import pytest

from bot.config import BadConfig, load


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
    file.write_text('[telegram]\ntoken = "1:file"\n[web]\nport = 9000\n')
    assert load(file).telegram.secret() == "1:file"
    monkeypatch.setenv("ZHIBU_TELEGRAM__TOKEN", "1:environment")
    assert load(file).telegram.secret() == "1:environment"
    assert load(file).web.port == 9000


def test_the_token_may_stand_in_a_file_of_its_own_and_is_never_shown(file: Path, tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("1:secret\n")
    file.write_text(f'[telegram]\ntoken_file = "{secret}"\n')
    settings = load(file)
    assert settings.telegram.secret() == "1:secret"
    file.write_text('[telegram]\ntoken = "1:secret"\n')
    assert "1:secret" not in repr(load(file))
    file.write_text('[telegram]\ntoken_file = "/nowhere/token"\n')
    with pytest.raises(BadConfig, match="cannot be read"):
        load(file).telegram.secret()


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
