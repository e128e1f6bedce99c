"""What is made ready beside the running program, so that nobody's first message waits."""

import gc
import threading

import pytest

from bot import clock, discovery, patterns, reading
from bot.commands import Registry, command
from bot.language.said import Setting
from bot.operations import warmup
from bot.operations.warmup import SENTENCES, Warmup
from bot.permissions import Permission
from bot.texts import Text

AT = clock.parsed("2026-03-10T09:00")


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(warmup, "_PEACE", 0.0)


def test_everything_is_compiled_and_read_once(monkeypatch):
    monkeypatch.setattr(warmup, "SENTENCES", SENTENCES[:1])
    made = [patterns.Pattern(f"{word}+") for word in "甲乙丙"]
    monkeypatch.setattr(patterns, "every", lambda: made)
    frozen: list[int] = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(1))
    begun = Warmup(discovery.registry(), AT)
    begun.start()
    begun._thread.join()
    assert frozen == [1]
    assert all("compiled" in vars(each) for each in made)


def test_it_ends_between_two_pieces_when_the_program_stops():
    begun, go_on = threading.Event(), threading.Event()

    heard = []

    def slowly(text):
        heard.append(text)
        begun.set()
        go_on.wait(5)

    async def nothing(ctx):
        return None

    slow = command("慢", "slow", needs=Permission.HELP, help=Text("慢", "Slow."), understands=slowly)(nothing)
    warming = Warmup(Registry((slow,)), AT)
    warming.start()
    begun.wait(5)
    warming._stopping.set()
    go_on.set()
    warming.stop()
    assert heard == [SENTENCES[0]]


def test_a_pattern_is_known_as_long_as_somebody_has_it():
    kept = patterns.Pattern("kept")
    assert kept in patterns.every()


def test_reading_in_two_threads_at_once_reads_the_same():
    registry, found = discovery.registry(), []
    setting = Setting(AT)
    readers = [
        threading.Thread(target=lambda: found.append([reading.read(registry, each, setting) for each in SENTENCES])) for _ in range(2)
    ]
    for each in readers:
        each.start()
    for each in readers:
        each.join()
    assert found[0] == found[1] == [reading.read(registry, each, setting) for each in SENTENCES]
