"""The section [onebot]: what is taken, and one sentence for what is not."""

from pathlib import Path

import pytest

from bot.config import load
from bot.sections.base import BadConfig


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "token").write_text("a token that nobody knows\n")
    (tmp_path / "secret").write_text("a secret to sign with\n")
    return tmp_path / "config.toml"


def test_accounts_are_numbers_or_texts_and_secrets_stand_in_files(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(f'[onebot]\naccounts = [123456, "777"]\ntoken_file = "{file.parent / "token"}"\n')
    settings = load(file)
    assert settings.onebot.accounts == ("123456", "777")
    assert settings.onebot.secret() == "a token that nobody knows"
    assert "a token that nobody knows" in settings.secrets()
    assert "nobody knows" not in repr(settings)
    monkeypatch.setenv("ZHIBU_ONEBOT__ACCOUNTS", "5, 6")
    assert load(file).onebot.accounts == ("5", "6")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ('accounts = ["abc"]', "accounts holds QQ numbers, digits only"),
        ("accounts = [5, 5]", "accounts holds a QQ number twice"),
        ('accounts = [5]\nmode = "forward"', "needs one address in urls for each of the accounts"),
        ('accounts = [5, 6]\nmode = "forward"\nurls = ["ws://127.0.0.1:3001"]', "needs one address in urls for each"),
        ('accounts = [5]\nmode = "forward"\nurls = ["http://127.0.0.1:3001"]', "needs urls that begin with ws:// or wss://"),
        ('accounts = [5]\nmode = "forward"\nurls = ["ws:///x"]', "needs urls that begin with"),
        (
            'accounts = [5]\nmode = "http"\nurls = ["ws://127.0.0.1:1"]\nsignature_file = "S"',
            "needs urls that begin with http:// or https://",
        ),
        ('accounts = [5]\nmode = "http"\nurls = ["http://127.0.0.1:1"]', "needs a signature"),
        ('accounts = [5]\nmode = "forward"\nurls = ["ws://192.0.2.1:3001"]', "without a token only a OneBot on this machine"),
        ('accounts = [5]\nmode = "forward"\nurls = ["ws://127.0.0.1:3001/?access_token=abc"]', "urls holds a secret"),
        ('accounts = [5]\nmode = "forward"\nurls = ["ws://me:abc@127.0.0.1:3001/"]', "urls holds a secret"),
        ("accounts = [5]\n[web]\nexposed = true", "[onebot] needs a token_file where [web] exposed is on"),
        ('accounts = [5]\ntoken = "abc"', "is a secret and does not belong into config.toml"),
        ('accounts = [5]\nannounce = "shout"', "announce"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(file: Path, words: str, why: str) -> None:
    file.write_text(f"[onebot]\n{words}\n")
    with pytest.raises(BadConfig) as raised:
        load(file)
    assert why in str(raised.value)
    assert "abc" not in str(raised.value) or words.startswith('accounts = ["abc"]')


def test_an_open_server_is_no_matter_where_onebot_does_not_call_it_or_has_a_token(file: Path) -> None:
    token = file.parent / "token"
    file.write_text(f'[onebot]\naccounts = [5]\ntoken_file = "{token}"\n[web]\nexposed = true\n')
    assert load(file).onebot.mode == "reverse"
    file.write_text('[onebot]\naccounts = [5]\nmode = "forward"\nurls = ["ws://127.0.0.1:3001"]\n[web]\nexposed = true\n')
    assert load(file).onebot.mode == "forward"
