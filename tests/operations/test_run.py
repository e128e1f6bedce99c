"""`zhibu run` and `zhibu sample`, as real processes where it matters."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bot.config import Settings, Web
from bot.operations import serving
from bot.operations.trouble import Trouble
from tests.databases import Databases, ask
from tests.operations.conftest import Zhibu, configured


def start(config: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ZHIBU_", "COV_"))}
    command = [sys.executable, "-m", "bot", "run", "-c", str(config), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


@pytest.mark.process
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.sqlite
def test_it_prints_one_address_and_stops_when_asked(sample: Path, number: signal.Signals) -> None:
    process = start(sample)
    assert process.stdout
    line = process.stdout.readline()
    assert line.startswith("支部 is open at http://127.0.0.1:")
    assert line.endswith("/  (Ctrl-C stops it)\n")
    second = start(sample)
    refused = second.communicate(timeout=60)
    assert second.returncode == 1
    assert refused[1].startswith("zhibu: another zhibu is running on this database (http://127.0.0.1:")
    began = time.monotonic()
    process.send_signal(number)
    rest, log = process.communicate(timeout=30)
    assert (process.returncode, rest) == (0, "")
    assert time.monotonic() - began < 10
    assert "Traceback" not in log


@pytest.mark.sqlite
def test_it_runs_until_it_is_told_to_stop_and_leaves_the_database_to_the_next(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    lock = tmp_path / "zhibu.lock"

    def stop() -> None:
        while not (lock.exists() and lock.read_text().startswith("http")):
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=stop, daemon=True).start()
    ran = zhibu("run", "--sample", "-c", sample)
    assert ran.code == 0
    assert ran.out.count("\n") == 1
    assert lock.read_text() == ""
    assert zhibu("migrate", "-c", sample).code == 0


def test_a_start_with_nothing_set_up_says_what_is_missing(zhibu: Zhibu, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: object) -> None: ...

    monkeypatch.setattr(serving, "serve", nothing)
    assert "zhibu init" in zhibu("run", "-c", config).err
    zhibu("init", "--branch", "红旗村支部", "--secretary", "王秀英", "-c", config)
    assert zhibu("run", "-c", config).err == ""
    config.write_text(config.read_text(encoding="utf-8").replace("port = 0", "port = 0\nchat = false"), encoding="utf-8")
    assert "Nobody can reach the bot" in zhibu("run", "-c", config).err


@pytest.mark.process
def test_a_port_that_was_asked_for_and_is_taken_is_one_sentence(sample: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        sample.write_text(sample.read_text(encoding="utf-8").replace("port = 0", f"port = {port}"), encoding="utf-8")
        process = start(sample)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    assert err == f"zhibu: port {port} on 127.0.0.1 is taken or not allowed; set another [web] port\n"


def test_the_usual_port_gives_way_to_a_neighbour_unless_it_was_asked_for() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        usual = Web.model_construct(_fields_set=set(), **{**Web().model_dump(), "port": port})
        found = serving.with_free_port(Settings().model_copy(update={"web": usual})).web.port
        assert found == 0 or port < found < port + serving.NEIGHBOURS
        with pytest.raises(Trouble, match="taken"):
            serving.with_free_port(Settings(web=Web(port=port)))
    assert serving.with_free_port(Settings(web=Web(port=0))).web.port == 0


def test_sample_says_what_it_did_and_reset_makes_it_anew(zhibu: Zhibu, config: Path, blank_url: str) -> None:
    assert zhibu("sample", "-c", config).out == "The sample branch is loaded; zhibu run shows it.\n"
    assert "--reset" in zhibu("sample", "-c", config).out
    key = ask(blank_url, "SELECT value FROM setting WHERE name = 'signing_key'")
    ask(blank_url, "DELETE FROM check_in")
    assert "is loaded" in zhibu("sample", "--reset", "-c", config).out
    assert ask(blank_url, "SELECT count(*) FROM check_in")[0][0] > 500
    assert ask(blank_url, "SELECT value FROM setting WHERE name = 'signing_key'") == key


def test_a_real_branch_and_the_sample_never_share_a_database(zhibu: Zhibu, sample: Path, databases: Databases, tmp_path: Path) -> None:
    for command in (("init", "--branch", "红旗村支部", "--secretary", "王秀英"), ("init", "--again"), ("link", "王秀英")):
        ran = zhibu(*command, "-c", sample)
        assert ran.code == 1
        assert "sample" in ran.err
    config = configured(databases.blank(tmp_path / "real.db"), tmp_path)
    assert zhibu("init", "--branch", "红旗村支部", "--secretary", "王秀英", "-c", config).code == 0
    for command in (("sample",), ("sample", "--reset"), ("run", "--sample")):
        ran = zhibu(*command, "-c", config)
        assert ran.code == 1
        assert "real branch" in ran.err
