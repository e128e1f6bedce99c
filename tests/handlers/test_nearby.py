"""谁在: what each kind of person learns of who is where."""

from bot.services import nearby
from bot.texts import Text
from handlers import nearby as handler
from storage.unit_of_work import UnitOfWork
from tests.dialogue import STRANGER, Dialogue

HARBIN, QIQIHAR, SHENZHEN, NANSHAN = 230100, 230200, 440300, 440305
SECRETARY = "王秀英"


async def _says(chat: Dialogue, name: str, words: str) -> str:
    return "\n".join(chat.to(name, await chat.private(name, words)))


async def _live(chat: Dialogue, **codes: int) -> None:
    async def settle(work: UnitOfWork) -> None:
        for name, code in codes.items():
            found = await work.members.named(name)
            member = found[0] if found else work.members.add(name, name, ["member"])
            work.consents.put(member.id, "location", given=True)
            work.places.put(member.id, code, work.now)

    await chat.in_branch(settle)


async def test_a_member_learns_a_number_or_that_there_are_few(chat: Dialogue) -> None:
    await _live(chat, 甲=HARBIN, 乙=HARBIN, 丙=HARBIN)
    assert await _says(chat, "李小山", "谁在 哈尔滨") == nearby.COUNT(place=Text("哈尔滨", ""), count=3).zh
    assert await _says(chat, "李小山", "谁在 南京") == nearby.FEW(place=Text("南京", "")).zh


async def test_a_question_for_one_city_is_answered_for_that_city(chat: Dialogue) -> None:
    await _live(chat, 甲=HARBIN, 乙=HARBIN, 丙=HARBIN)
    assert await _says(chat, "李小山", "哈尔滨有我们的人吗") == nearby.COUNT(place=Text("哈尔滨", ""), count=3).zh
    assert await _says(chat, "李小山", "南京有多少人") == nearby.FEW(place=Text("南京", "")).zh


async def test_asking_city_by_city_and_province_by_province_finds_nobody_out(chat: Dialogue) -> None:
    await _live(chat, 甲=HARBIN, 乙=HARBIN, 丙=HARBIN, 丁=QIQIHAR)
    whole, city = [await _says(chat, "李小山", f"谁在 {where}") for where in ("黑龙江", "哈尔滨")]
    assert ("3" in whole and "3" in city) or "便显示" in city


async def test_who_offered_is_named_to_others_in_the_city_only(chat: Dialogue) -> None:
    await _live(chat, 李小山=NANSHAN, 周海=SHENZHEN, 吴芳=HARBIN)
    assert await _says(chat, "周海", "可以联系我") == nearby.FOUND.zh
    assert "周海" in await _says(chat, "李小山", "谁在 深圳")
    assert "周海" not in await _says(chat, "吴芳", "谁在 深圳")
    shown = await chat.group("李小山", "@支部 谁在 深圳")
    assert "周海" not in str(chat.in_group(shown))
    assert await _says(chat, "周海", "别让人找我") == nearby.HIDDEN.zh
    assert "周海" not in await _says(chat, "李小山", "谁在 深圳")


async def test_who_has_no_place_is_told_what_is_missing(chat: Dialogue) -> None:
    assert await _says(chat, "周海", "可以联系我") == nearby.NO_PLACE.zh


async def test_the_secretary_sees_names_and_where_somebody_is(chat: Dialogue) -> None:
    await _live(chat, 李小山=NANSHAN)
    assert await _says(chat, SECRETARY, "谁在 深圳") == "深圳：李小山。"
    assert await _says(chat, SECRETARY, "谁在 南京") == nearby.NOBODY(place=Text("南京", "")).zh
    assert await _says(chat, SECRETARY, "谁在哪 李小山") == "李小山：广东省深圳市南山区（2026-03-10确认）。"
    assert await _says(chat, SECRETARY, "谁在哪 周海") == nearby.NOWHERE(who=Text("周海", "")).zh
    assert await _says(chat, SECRETARY, "谁在哪") == handler.HOW_WHERE.zh


async def test_others_do_not(chat: Dialogue) -> None:
    await _live(chat, 李小山=NANSHAN)
    assert "书记" in await _says(chat, "周海", "谁在哪 李小山")
    assert "深圳" not in await _says(chat, STRANGER, "谁在 深圳")


async def test_what_is_no_single_place_is_asked_back(chat: Dialogue) -> None:
    assert await _says(chat, "李小山", "谁在") == handler.HOW.zh
    assert await _says(chat, "李小山", "谁在 月球上") == nearby.UNKNOWN(words="月球上").zh
    several = await _says(chat, "李小山", "谁在 朝阳")
    assert "北京" in several
    assert "辽宁" in several
