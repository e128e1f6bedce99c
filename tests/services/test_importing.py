"""Importing a file of members: what a preview says, taking all or some, taking back, and who may."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.errors import UserError
from bot.language.register_values import Known
from bot.messages import Outgoing
from bot.permissions import Actor, NotAllowed, Role
from bot.rules.register import Field
from bot.services import drawings, exporting, importing, membership, people, register, sheets
from bot.services.importing import Preview, State, Taken
from bot.texts import Text
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.services.test_register import SECRETARY, TODAY, changed, entry


async def acted(chat: Dialogue, by: str, act: Callable[..., Awaitable[Any]], *given: Any) -> Any:
    """What somebody does in their branch."""

    async def run(work: UnitOfWork) -> Any:
        return await act(work, people.actor_of(await people.present(work, chat.members[by])), *given)

    return await chat.in_branch(run)


async def previewed(chat: Dialogue, words: str, by: str = SECRETARY) -> Preview:
    """A file of lines, read and previewed."""
    found: Preview = await acted(chat, by, importing.preview, sheets.of_pasted(words, TODAY))
    return found


async def taken(chat: Dialogue, words: str, rows: set[int] | None = None, by: str = SECRETARY) -> Taken:
    """The same, taken."""
    found: Taken = await acted(chat, by, importing.take, (await previewed(chat, words, by)).token, rows)
    return found


def problems(preview: Preview) -> dict[int, str]:
    """What is wrong with each row that has something wrong."""
    return {row.number: "；".join(each.zh for each in row.problems) for row in preview.of(State.FAULTY)}


async def test_a_preview_says_of_each_row_what_it_would_do_and_changes_nothing(chat: Dialogue) -> None:
    await changed(chat, SECRETARY, "周海", {Field.PHONE: "13900001234"})
    seen = await previewed(
        chat, "手机,姓名,单位\n138 0000 1234,李小山,中建三局\n+86 139-0000-1234,周海,\n13700001234,秦月,学校\n1380,冯涛,\n"
    )
    assert [(row.number, row.name, row.state) for row in seen.rows] == [
        (2, "李小山", State.CHANGED),
        (3, "周海", State.SAME),
        (4, "秦月", State.NEW),
        (5, "冯涛", State.FAULTY),
    ]
    assert [(each.field, each.before, each.after) for each in seen.rows[0].changes] == [
        (Field.PHONE, None, "13800001234"),
        (Field.EMPLOYER, None, "中建三局"),
    ]
    assert problems(seen) == {5: "手机：“1380”不像电话号码。手机是 11 位，比如 138 0000 1234"}
    assert (await entry(chat, "李小山")).phone is None


async def test_all_that_is_good_is_taken_and_undone_again(chat: Dialogue) -> None:
    done = await taken(chat, "姓名,手机,人员类别\n李小山,13800001234,\n秦月,13700001234,预备党员\n冯涛,12,\n")
    assert (done.made, done.changed, done.same, [row.number for row in done.skipped]) == (1, 1, 0, [4])
    assert (await entry(chat, "李小山")).phone == "13800001234"
    (made,) = await chat.in_branch(lambda work: work.members.named("秦月"))
    assert made.roles == {Role.PROBATIONARY.value}
    assert made.latin == "Qin Yue"
    back = await acted(chat, SECRETARY, importing.revert, done.batch)
    assert (back.put_back, back.removed, back.stay) == (1, 1, ())
    assert (await entry(chat, "李小山")).phone is None
    assert await chat.in_branch(lambda work: work.members.named("秦月")) == []
    with pytest.raises(UserError, match="no import"):
        await acted(chat, SECRETARY, importing.revert, done.batch)


async def test_chosen_rows_are_taken_alone_and_a_row_that_is_not_there_is_said(chat: Dialogue) -> None:
    words = "姓名,单位\n李小山,甲\n周海,乙\n陈立夏,丙\n"
    done = await taken(chat, words, {2, 4})
    assert (done.made, done.changed) == (1, 1)
    assert (await entry(chat, "周海")).employer is None
    with pytest.raises(UserError) as refused:
        await taken(chat, words, {2, 9, 11})
    assert refused.value.text.zh == "文件里没有这些行：9、11。没有导。"


async def test_what_was_changed_since_stays_when_an_import_is_undone(chat: Dialogue) -> None:
    done = await taken(chat, "姓名,手机,单位\n李小山,13800001234,甲\n秦月,13700001234,乙\n周明,13600001234,丙\n")
    (made,) = await chat.in_branch(lambda work: work.members.named("秦月"))
    await changed(chat, "李小山", "李小山", {Field.PHONE: "13800009999"})
    await acted(chat, SECRETARY, _noted, made.id)
    back = await acted(chat, SECRETARY, importing.revert, done.batch)
    assert (await entry(chat, "李小山")).phone == "13800009999"
    assert (await entry(chat, "李小山")).employer is None
    assert (back.put_back, back.removed, [each.name for each in back.stay]) == (1, 1, ["秦月"]), "who stays keeps what came with them"


async def _noted(work: UnitOfWork, actor: Actor, member: MemberId) -> None:
    await register.change(work, actor, member, {Field.NOTE: "已联系"}, how=register.How.ENTERED)


async def test_of_whom_anything_else_is_kept_by_now_stays_a_member(chat: Dialogue) -> None:
    done = await taken(chat, "姓名,手机\n秦月,13700001234\n周明,13600001234\n郑平,13500001234\n")
    made = {each.name: each.id for each in await chat.in_branch(lambda work: work.members.present())}

    async def since(work: UnitOfWork) -> None:
        work.liaisons.assign(made["秦月"], chat.members["周海"], None)
        await work.invites.issue_many({made["周明"]: "0" * 64}, work.now)

    await chat.in_branch(since)
    back = await acted(chat, SECRETARY, importing.revert, done.batch)
    assert (back.removed, [each.name for each in back.stay]) == (1, ["秦月", "周明"])
    assert {each.name for each in await chat.in_branch(lambda work: work.members.present())} >= {"秦月", "周明"}


async def test_a_corrected_file_can_be_imported_after_an_undoing(chat: Dialogue) -> None:
    done = await taken(chat, "姓名,手机\n秦月,13700001234\n")
    await acted(chat, SECRETARY, importing.revert, done.batch)
    again = await taken(chat, "姓名,手机\n秦月,13700009999\n")
    assert again.made == 1


async def test_two_people_of_one_name_are_never_mixed_up(chat: Dialogue) -> None:
    await taken(chat, "姓名,手机\n李小山(东),13800001111\n李小山(西),13800002222\n")
    seen = await previewed(chat, "姓名,手机,单位\n李小山(东),,甲\n秦月,13700001111,\n秦月,13700002222,\n")
    assert seen.rows[0].state is State.CHANGED
    await taken(chat, "姓名,手机\n郑平(东),13800003333\n郑平(西),13800004444\n")
    either = await previewed(chat, "姓名,手机,单位\n郑平,13800004444,乙\n郑平,,丙\n")
    assert [each.after for each in either.rows[0].changes] == ["乙"]
    assert problems(either) == {3: "支部里叫这个的不止一位：郑平(东)、郑平(西)，请写成名册里那样"}
    assert problems(seen) == dict.fromkeys((3, 4), "第 3、4 行都叫秦月，手机不同：是两个人就加个区别，比如秦月(东)")


async def test_one_person_twice_in_a_file_is_taken_once(chat: Dialogue) -> None:
    seen = await previewed(chat, "姓名,手机,单位\n周海,13900001234,甲\n周海,+86 139 0000 1234,乙\n")
    assert problems(seen) == {3: "和第 2 行是同一个人，只取第 2 行"}
    done = await taken(chat, "姓名,手机,单位\n周海,13900001234,甲\n周海,+86 139 0000 1234,乙\n")
    assert (await entry(chat, "周海")).employer == "甲"
    assert len(done.skipped) == 1


async def test_an_identity_number_is_kept_nowhere_and_said(chat: Dialogue) -> None:
    number = "410323199001011234"
    words = f"姓名,身份证号,备注\n李小山,{number},党员 {number}\n周海,{number},热心\n"
    seen = await previewed(chat, words)
    assert problems(seen) == {2: "备注里像是有身份证号，身份证号不记，请删掉再传"}
    assert any("身份证号”这几列不记" in each.zh for each in seen.notes)
    held = await chat.in_branch(lambda work: work.imports.kept(chat.members[SECRETARY], work.now))
    assert number not in str(held)
    assert number not in await chat.in_branch(_opened(held))


def _opened(held: Any) -> Callable[[UnitOfWork], Awaitable[str]]:
    async def opened(work: UnitOfWork) -> str:
        return work.imports.rows(held)

    return opened


async def test_what_was_read_lies_sealed(chat: Dialogue) -> None:
    await previewed(chat, "姓名,手机,单位\n李小山,13800001234,中建三局\n")

    async def stored(work: UnitOfWork) -> str:
        return str(list(await work.rows(text("SELECT * FROM import_preview"))))

    lying = await chat.in_branch(stored)
    assert "v1." in lying
    assert not any(words in lying for words in ("李小山", "13800001234", "中建三局"))


async def test_a_preview_whose_key_is_lost_is_over(chat: Dialogue) -> None:
    await previewed(chat, "姓名,手机\n李小山,13800001234\n")
    await chat.in_branch(lambda work: work.change(text("UPDATE import_preview SET rows = 'v1.gone.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'")))
    with pytest.raises(UserError) as over:
        await acted(chat, SECRETARY, importing.shown)
    assert over.value.text is importing.GONE


async def test_without_the_key_file_a_preview_says_whom_to_tell(chat: Dialogue) -> None:
    async def hide(work: UnitOfWork) -> None:
        work.vault.file.path.rename(work.vault.file.path.with_suffix(".away"))

    await chat.in_branch(hide)
    with pytest.raises(UserError) as refused:
        await previewed(chat, "姓名,手机\n李小山,13800001234\n")
    assert refused.value.text is importing.KEY_LOST


async def test_who_is_dismissed_between_preview_and_taking_is_refused(chat: Dialogue) -> None:
    seen = await previewed(chat, "姓名,手机\n李小山,13800001234\n")

    async def dismiss(work: UnitOfWork) -> Actor:
        await work.members.dismiss(chat.members[SECRETARY], Role.SECRETARY.value)
        return people.actor_of(await people.present(work, chat.members[SECRETARY]))

    await chat.in_branch(dismiss)
    with pytest.raises(NotAllowed):
        await acted(chat, SECRETARY, importing.take, seen.token, None)
    assert (await entry(chat, "李小山")).phone is None


async def test_who_left_lately_is_not_taken_in_again_by_a_file(chat: Dialogue) -> None:
    seen = await previewed(chat, "姓名,手机\n李小山,13800001234\n")
    await acted(chat, SECRETARY, membership.remove, chat.members["李小山"])
    with pytest.raises(UserError):
        await acted(chat, SECRETARY, importing.take, seen.token, None)
    again = await acted(chat, SECRETARY, importing.shown, seen.token)
    assert problems(again) == {2: "李小山三十天内离开过支部；回来了请发“恢复 李小山”"}
    await chat.pass_time(days=31)
    assert (await previewed(chat, "姓名,手机\n李小山,13800001234\n")).rows[0].state is State.NEW


async def test_who_may_import_and_not_invite_takes_nobody_new_in(chat: Dialogue) -> None:
    async def appoint(work: UnitOfWork) -> None:
        await work.members.appoint(chat.members["周海"], Role.DUES_KEEPER.value)

    await chat.in_branch(appoint)
    seen = await previewed(chat, "姓名,手机\n李小山,13800001234\n秦月,13700001234\n", "周海")
    assert problems(seen) == {3: "名册里没有这个人，新增要请书记来导"}
    done = await acted(chat, "周海", importing.take, seen.token, None)
    assert (done.made, done.changed) == (0, 1)


async def test_a_preview_is_its_owners_alone_and_for_an_hour(chat: Dialogue) -> None:
    seen = await previewed(chat, "姓名,手机\n李小山,13800001234\n")
    with pytest.raises(NotAllowed):
        await acted(chat, "李小山", importing.take, seen.token, None)
    assert (await acted(chat, SECRETARY, importing.shown)).rows == seen.rows
    for token in ("77", "x'; --", "²"):
        with pytest.raises(UserError):
            await acted(chat, SECRETARY, importing.shown, token)
    await chat.pass_time(minutes=61)
    with pytest.raises(UserError) as over:
        await acted(chat, SECRETARY, importing.take, seen.token, None)
    assert over.value.text is importing.GONE


async def test_the_ledger_that_was_exported_changes_nothing_when_it_is_imported_again(chat: Dialogue) -> None:
    await chat.join("马云飞", "guest")
    await chat.join("许晴", "probationary")
    values = {
        Field.REASON: "务工", Field.LEFT_ON: Known(date(2025, 2, 1), "month"), Field.EMPLOYER: "中建三局", Field.PHONE: "13800001234",
        Field.HOMETOWN: 411502, Field.JOINED_ON: Known(date(2012, 1, 1), "year"), Field.PROBATION_UNTIL: date(2026, 7, 1),
        Field.CARD: "held", Field.CARD_UNTIL: date(2027, 1, 31), Field.HOME_BRANCH: "红旗村支部", Field.HOST_BRANCH: "南山区某支部",
        Field.RELATION: "moving", Field.CONFIRMED_ON: date(2026, 3, 1), Field.FOUND_ON: date(2026, 2, 1), Field.BOOKS_ON: date(2026, 2, 2),
        Field.LIFE_ON: date(2026, 2, 3),
    }  # fmt: skip
    await changed(chat, SECRETARY, "李小山", values)
    await changed(chat, SECRETARY, "周海", {Field.PHONE: "0371-65551234", Field.CARD: "none", Field.RELATION: "elsewhere"})
    await changed(chat, SECRETARY, "马云飞", {Field.PHONE: "+85251234567", Field.RELATION: "here"})
    made = await acted(chat, SECRETARY, exporting.ledger, "browser")
    drawn = drawings.drawn(Outgoing(Text.plain(""), drawing=drawings.opened(made.drawing, chat.app.database.vault)))
    assert drawn.file
    seen = await acted(chat, SECRETARY, importing.preview, await sheets.read(drawn.file.name, drawn.file.content, TODAY))
    assert len(seen.rows) == len(chat.members)
    assert [(row.name, row.changes, row.problems) for row in seen.rows if row.state is not State.SAME] == []
    assert [row.hints for row in seen.rows if row.hints] == []


async def test_a_preview_and_an_import_take_few_statements_however_many_rows(chat: Dialogue) -> None:
    async def counted(work: UnitOfWork, count: int) -> int:
        ran: list[str] = []

        def listener(*given: Any) -> None:
            ran.append(given[2])

        event.listen(work._connection, "before_cursor_execute", listener)
        actor = people.actor_of(await people.present(work, chat.members[SECRETARY]))
        rows = "\n".join(f"{family}{given},{13_700_000_000 + at},甲" for at, (family, given) in enumerate(NAMES[:count]))
        await importing.take_at_once(work, actor, sheets.of_pasted(f"姓名,手机,单位\n{rows}\n", TODAY), None)
        await work.flush()
        event.remove(work._connection, "before_cursor_execute", listener)
        return len(ran)

    assert max([await chat.in_branch(counted, count) for count in (2, 150)]) < 20


NAMES = [(family, given) for given in "明华建国志强秀兰玉珍" for family in "赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱"]
