"""`zhibu say`: what somebody of the sample does, and what everybody sees."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.operations import say
from bot.operations.lock import Lock
from bot.operations.trouble import Trouble
from tests.operations.conftest import Ran, Zhibu
from tests.program import Program


def objects(ran: Ran) -> list[dict[str, Any]]:
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


def test_a_check_in_in_the_group_shows_a_mark_and_a_count_to_everybody(zhibu: Zhibu, sample: Path) -> None:
    seen = objects(zhibu("say", "-c", sample, "--as", "李小山", "--in", "group", "签到", "--json"))
    assert {each["chat"] for each in seen} == {"group"}
    assert {each["to"]["en"] for each in seen} == {"everybody"}
    count = next(each for each in seen if each["from"]["en"] == "Branch bot")
    assert count["text"]["zh"].startswith("今日报平安 1 人")
    assert set(count) >= {"chat", "to", "text", "buttons", "edited", "at"}
    assert ["👌"] in [each["reactions"] for each in seen]


def test_names_are_taken_in_characters_pinyin_and_as_ids_and_a_stranger_is_turned_away(zhibu: Zhibu, sample: Path) -> None:
    for who in ("周海", "zhou hai", "ZhouHai", "p5"):
        assert "周海" in zhibu("say", "-c", sample, "--as", who, "--in", "private", "帮助").out
    assert "报到" in zhibu("say", "-c", sample, "--as", "陌生人", "--in", "private", "你好").out
    nobody = zhibu("say", "-c", sample, "--as", "某某", "你好")
    assert nobody.code == 1
    assert "王秀英 (p1)" in nobody.err


@pytest.mark.parametrize(
    ("role", "who"),
    [
        ("书记", "王秀英"),
        ("secretary", "王秀英"),
        ("组织委员", "赵国强"),
        ("Dues keeper", "赵国强"),
        ("联络员", "孙丽"),
        ("党员", "李小山"),
    ],
)
def test_a_role_stands_for_the_first_who_holds_it(zhibu: Zhibu, sample: Path, role: str, who: str) -> None:
    seen = objects(zhibu("say", "-c", sample, "--as", role, "--in", "private", "帮助", "--json"))
    assert {each["to"]["zh"] for each in seen} == {who}


def test_nobody_of_a_name_or_role_is_told_who_there_is(zhibu: Zhibu, sample: Path) -> None:
    ran = zhibu("say", "-c", sample, "--as", "副书记", "你好")
    assert (ran.code, "or a role such as 书记" in ran.err) == (1, True)


@pytest.mark.sqlite
def test_the_readmes_examples_work_on_a_machine_that_has_seen_nothing_yet(zhibu: Zhibu, tmp_path: Path) -> None:
    asked = zhibu("say", "--as", "书记", "--in", "private", "公告 周六上午九点视频会")
    assert (asked.code, asked.err) == (0, "The database was empty, so the sample branch is in it now.\n")
    assert "[发]" in asked.out
    assert (tmp_path / "var" / "zhibu.db").exists()
    pressed = zhibu("say", "--as", "书记", "--in", "private", "--press", "发", "--json")
    assert pressed.err == ""
    assert any(each["chat"] == "group" and "周六上午九点视频会" in each["text"]["zh"] for each in objects(pressed))


def test_a_real_branch_at_the_usual_place_is_not_played_with(zhibu: Zhibu) -> None:
    zhibu("init", "--branch", "红旗村支部", "--secretary", "王秀英")
    ran = zhibu("say", "--as", "书记", "你好")
    assert (ran.code, ran.out) == (1, "")
    assert "real branch" in ran.err


def test_a_button_is_pressed_by_its_label_and_a_label_nobody_sees_is_one_sentence(zhibu: Zhibu, sample: Path) -> None:
    assert "已收到" in zhibu("say", "-c", sample, "--as", "吴芳", "--press", "收到").out
    assert "read by" in zhibu("say", "-c", sample, "--as", "马文秀", "--press", "received", "--en").out
    missing = zhibu("say", "-c", sample, "--as", "吴芳", "--press", "没有这个")
    assert (missing.code, missing.err) == (1, "zhibu: this person sees no button “没有这个”\n")


def test_a_scripted_day_keeps_its_times_and_posts_what_was_scheduled(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    script = tmp_path / "day.txt"
    script.write_text(
        "# a day\n"
        "2027-03-10T09:00 | 王秀英 | group | 签到\n"
        "2027-03-10T09:00 | 周海 | group | 签到\n"
        "\n"
        "2027-03-10T09:10 | 王秀英 | private | 公告 明天9点 明晚开会\n"
        "| 王秀英 | press | 到时发\n"
        "2027-03-11T09:10 | 周海 | press | 收到\n",
        encoding="utf-8",
    )
    seen = objects(zhibu("say", "-c", sample, "--script", script, "--json"))
    days = [each for each in seen if "今日报平安" in each["text"]["zh"]]
    assert [(each["text"]["zh"][:8], each["edited"]) for each in days] == [("今日报平安 1 ", False), ("今日报平安 2 ", True)]
    posted = [each for each in seen if each["chat"] == "group" and "明晚开会" in each["text"]["zh"]]
    assert [each["edited"] for each in posted] == [False, True]
    assert posted[0]["at"].startswith("2027-03-11T01:0")


def test_a_script_is_read_line_by_line() -> None:
    found = say.lines("2026-03-10T09:00 | 王秀英 | group | 签到\n# no\n | 周海 | press | 收到\n 周海 | private | a | b")
    assert [(each.who, each.where, each.text) for each in found] == [
        ("王秀英", "group", "签到"),
        ("周海", "press", "收到"),
        ("周海", "private", "a | b"),
    ]
    assert found[0].at is not None
    assert found[0].at.isoformat() == "2026-03-10T09:00:00+08:00"


@pytest.mark.parametrize("script", ["王秀英 签到", "x | 王秀英 | group | 签到", "2026-03-10T09:00 | 王秀英 | street | 签到"])
def test_a_line_that_cannot_be_read_is_named(script: str) -> None:
    with pytest.raises(Trouble, match=r"line 1|no time"):
        say.lines(script)


def test_without_the_sample_nobody_can_be_played(zhibu: Zhibu, config: Path) -> None:
    ran = zhibu("say", "-c", config, "--as", "李小山", "签到")
    assert ran.code == 1
    assert "zhibu sample" in ran.err


def test_an_unknown_place_or_time_is_one_sentence(zhibu: Zhibu, sample: Path) -> None:
    assert "not “street”" in zhibu("say", "-c", sample, "--as", "p1", "--in", "street", "签到").err
    assert "is no time" in zhibu("say", "-c", sample, "--as", "p1", "--at", "gestern", "签到").err


@pytest.mark.sqlite
def test_a_server_that_does_not_serve_the_page_or_is_gone_is_one_sentence(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    with Lock(tmp_path / "zhibu.db") as lock:
        assert "serves no chat page" in zhibu("say", "-c", sample, "--as", "p1", "签到").err
        lock.publish("http://127.0.0.1:9/")
        assert "does not answer" in zhibu("say", "-c", sample, "--as", "p1", "签到").err


@pytest.mark.process
@pytest.mark.sqlite
def test_a_running_server_is_spoken_to_over_its_socket(zhibu: Zhibu, tmp_path: Path) -> None:
    with Program(tmp_path) as program:
        seen = objects(zhibu("say", "-c", program.config, "--as", "李小山", "--in", "group", "签到", "--json"))
        assert any(each["text"]["zh"].startswith("今日报平安") for each in seen)
        asked = objects(zhibu("say", "-c", program.config, "--as", "书记", "--in", "private", "帮助", "--json"))
        assert {each["to"]["zh"] for each in asked} == {"王秀英"}
        pressed = objects(zhibu("say", "-c", program.config, "--as", "吴芳", "--press", "收到", "--json"))
        assert any("已收到" in each["text"]["zh"] for each in pressed) or pressed == []
        refused = zhibu("say", "-c", program.config, "--as", "李小山", "--at", "2026-03-10T09:00", "签到")
        assert (refused.code, refused.err) == (1, "zhibu: a running zhibu keeps its own time; stop it to use --at\n")
        assert zhibu("say", "-c", program.config, "--as", "某某", "签到").code == 1
        assert zhibu("say", "-c", program.config, "--as", "李小山", "--press", "没有").code == 1
