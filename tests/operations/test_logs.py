"""The log never holds a token, a telephone number or what somebody wrote."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.operations import logs
from bot.operations.trouble import Trouble
from tests.operations.conftest import Zhibu

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def machine() -> Iterator[io.StringIO]:
    """The log as JSON lines; the tests' own quiet log comes back afterwards."""
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure(stream)
    yield stream
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_machine_gets_one_json_object_a_line(machine: io.StringIO) -> None:
    structlog.get_logger().info("ready", address="http://127.0.0.1:8700/", people=3)
    assert [(each["event"], each["level"], each["people"]) for each in lines(machine)] == [("ready", "info", 3)]


def test_tokens_and_telephone_numbers_are_taken_out_of_everything(machine: io.StringIO) -> None:
    structlog.get_logger().warning(
        f"no answer from /bot{TOKEN}/getMe", url=f"https://x/bot{TOKEN}/getMe", note="请打 138 1234 5678 或 +8613812345678"
    )
    assert TOKEN not in machine.getvalue()
    assert "5678" not in machine.getvalue()


def test_fields_that_hold_what_people_wrote_are_withheld(machine: io.StringIO) -> None:
    structlog.get_logger().info("odd", text="我在哈尔滨", args="李小山", code="ABCD2345")
    assert [lines(machine)[0][name] for name in ("text", "args", "code")] == ["[withheld]"] * 3


def test_an_error_is_told_by_kind_and_place_without_what_it_quotes(machine: io.StringIO) -> None:
    try:
        try:
            int("我的病情")
        except ValueError as error:
            raise RuntimeError(f"the bot stumbled with {TOKEN}") from error
    except RuntimeError:
        structlog.get_logger().exception("a handler failed", error_id="abc123")
    told = lines(machine)[0]["exception"]
    assert isinstance(told, list)
    assert told[0] == "RuntimeError: the bot stumbled with [token]"
    assert "ValueError" in told
    assert any("test_logs.py" in line for line in told)
    assert "病情" not in machine.getvalue()


SECRETS = {
    "1234567890:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw": "no answer from https://api.telegram.org/bot{}/sendMessage?x=1",
    "p4ss/w:rd": "could not connect to postgresql+asyncpg://zhibu:{}@db.example/zhibu",
    "hunter2hunter2": "could not connect to postgresql://{}@db",
    "hook-s3cret-of-ours": "X-Telegram-Bot-Api-Secret-Token: {} was refused",
    "kR3_vT9-kR3_vT9-kR3_vT9-kR3_vT9-": "GET https://zhibu.example/enter/{} failed",
    "ACDE3467": "the code {} is known already: https://t.me/zhibu_bot?start={}",
    "0123abcd-sessions": "Cookie: zhibu={}; other=1",
    "eyJhbGciOi.J9": "Authorization: Bearer {}",
    "p%40ss": '{{"password": "{}", "user": "zhibu"}}',
    "138 1234 5678": "请打 {}",
}
"""What only they should know, and sentences in which libraries and we might quote it."""


def _break(said: str) -> None:
    try:
        {}[said]
    except KeyError as error:
        raise ConnectionError(said) from error


def test_no_secret_leaves_by_any_line_of_the_log(machine: io.StringIO) -> None:
    logs.withhold(["hunter2hunter2", ""])
    for secret, sentence in SECRETS.items():
        said = sentence.format(secret, secret)
        structlog.get_logger().warning(said, url=said, parts=[said, {"deep": (said,), "cookie": "x"}], error=OSError(said))
        logging.getLogger("a library").error("%s", said)
        try:
            _break(said)
        except ConnectionError:
            structlog.get_logger().exception("it broke")
            logging.getLogger("a library").exception("it broke there")
    assert len(lines(machine)) == 4 * len(SECRETS)
    for secret in SECRETS:
        assert secret not in machine.getvalue()
    assert "AAHdqTcv" not in machine.getvalue()
    assert "[token]" in machine.getvalue()
    assert "://zhibu:[password]@db.example" in machine.getvalue()


def test_where_others_write_too_the_file_of_an_error_has_a_new_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    laid, aim = tmp_path / "zhibu-errors.log", tmp_path / "aim"
    laid.symlink_to(aim)
    kept = [logs.keep(OSError("odd"), "abc123") for _ in range(2)]
    assert len({*kept, laid}) == 3
    assert not aim.exists()
    assert [path.stat().st_mode & 0o777 for path in kept] == [0o600] * 2


def test_no_secret_leaves_by_the_file_of_errors_or_an_operators_line(
    zhibu: Zhibu, config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "var").mkdir()
    for secret, sentence in SECRETS.items():
        logs.withhold(["hunter2hunter2"])
        path = logs.keep(OSError(sentence.format(secret, secret)), "n")
        assert secret not in path.read_text(encoding="utf-8")
    monkeypatch.setenv("ZHIBU_TELEGRAM__TOKEN", "short-and-odd")
    monkeypatch.setenv("ZHIBU_TELEGRAM__WEBHOOK_SECRET", "quite_unlike-any_shape")
    monkeypatch.setenv("ZHIBU_TELEGRAM__BASE_URL", "http://127.0.0.1:9/quite_unlike-any_shape/bot")
    for command in (("doctor",), ("run",), ("init", "--branch", "红旗村支部", "--secretary", "王秀英")):
        monkeypatch.setattr("bot.operations.opening.usable", _failing)
        ran = zhibu(*command, "-c", config)
        kept = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("zhibu-errors.log"))
        for secret in ("short-and-odd", "quite_unlike-any_shape"):
            assert secret not in ran.out + ran.err + kept
        assert ran.code == 1


def _failing(*_: object) -> None:
    raise Trouble("nothing at https://api.example/short-and-odd or quite_unlike-any_shape")


def test_numbers_and_plain_words_are_left_as_they_are() -> None:
    for plain in ("12345678 rows", "ACDE346", "telegram:main:700000001", "http://127.0.0.1:8700/", "secretary", "3467ACDEF", "token_file"):
        assert logs.redacted(plain) == plain


def test_libraries_only_speak_from_warnings_on(machine: io.StringIO) -> None:
    logging.getLogger("httpx").info("POST https://api.telegram.org/bot%s/getUpdates", TOKEN)
    logging.getLogger("httpx").warning("gone: /bot%s/", TOKEN)
    assert [(each["event"], each["logger"]) for each in lines(machine)] == [("gone: /bot[token]/", "httpx")]


def test_a_terminal_gets_readable_lines_and_only_what_is_wrong(machine: io.StringIO) -> None:
    terminal = Terminal()
    logs.configure(terminal)
    structlog.get_logger().info("ready")
    structlog.get_logger().warning("slow", seconds=3)
    assert terminal.getvalue().endswith("warning slow  seconds=3\n")
    assert "ready" not in terminal.getvalue()
    assert not terminal.getvalue().startswith("{")


def test_what_stopped_a_command_is_kept_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "var").mkdir()
    path = logs.keep(ValueError("私人的话"), "abc123")
    assert path == Path("var/zhibu-errors.log")
    assert path.read_text(encoding="utf-8").startswith("error abc123\nValueError")
    assert "私人" not in path.read_text(encoding="utf-8")


def test_the_configuration_chooses_the_shape_and_from_what_on(machine: io.StringIO) -> None:
    for shape, terminal, readable in (("json", True, False), ("text", False, True), ("auto", True, True), ("auto", False, False)):
        stream = Terminal() if terminal else io.StringIO()
        logs.configure(stream, shape=shape, level="info")
        structlog.get_logger().info("ready")
        assert stream.getvalue().startswith("{") is not readable, (shape, terminal)
    stream = io.StringIO()
    logs.configure(stream, level="warning")
    structlog.get_logger().info("each message")
    structlog.get_logger().warning("something")
    assert [each["event"] for each in lines(stream)] == ["something"]


def test_what_is_bound_stands_in_every_line(machine: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(cause="1a2b3c4d5e"):
        structlog.get_logger().warning("odd")
    structlog.get_logger().warning("even")
    assert [each.get("cause") for each in lines(machine)] == ["1a2b3c4d5e", None]
