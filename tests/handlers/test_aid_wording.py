"""The words for the group: shown, changed, approved; health only with a consent of its own."""

from datetime import timedelta

from bot.messages import Outgoing, Priority
from bot.router import GONE
from bot.rules.attention import GROUP_A_DAY
from bot.services import aid_wording, posting
from bot.services.aid_words import NONE
from bot.services.people import actor_of, present
from bot.texts import Text
from storage.unit_of_work import UnitOfWork
from tests.appeals import ASKER, SECRETARY, posted, shown_now, verified
from tests.dialogue import Dialogue

POST = "【互助 A1】{words}\n能帮的点“我能帮”，或私信我“我能帮 A1”。{money}到 3月24日 为止。仅限本支部，请勿外传。"


async def test_with_consent_the_kind_is_said_and_no_illness(chat: Dialogue) -> None:
    await verified(chat)
    shown = await chat.press(ASKER, "同意提就医")
    post = POST.format(words="有同志的家属要在北京就医：想到北京看病，挂个号。", money="")
    assert chat.to(ASKER, shown) == [f"求助 A1 发到群里是这样，一个字不多。同意才发：\n{post}"]
    assert chat.in_group(shown) == []
    seen = await chat.press(ASKER, "同意发")
    assert chat.in_group(seen) == [post]
    assert next(each.buttons for each in seen if each.chat == chat.group_id()) == ("我能帮",)


async def test_without_consent_not_a_word_about_health_is_posted(chat: Dialogue) -> None:
    await posted(chat, health="不提健康")
    assert shown_now(chat) == [POST.format(words="有同志在北京遇到难处，需要搭把手。", money="")]


async def test_a_no_that_comes_after_a_yes_takes_health_out_of_what_is_posted(chat: Dialogue) -> None:
    await posted(chat)
    assert "就医" in shown_now(chat)[0]

    async def no(work: UnitOfWork) -> None:
        [appeal] = await work.appeals.of_state("open")
        actor = actor_of(await present(work, appeal.member_id))
        await aid_wording.consented(work, actor, {"appeal": appeal.id}, given=False)

    await chat.in_branch(no)
    await chat.pass_time(minutes=1)
    [post] = shown_now(chat)
    assert "就医" not in post
    assert "看病" not in post


async def test_where_health_is_no_matter_it_is_not_asked_about(chat: Dialogue) -> None:
    seen = await verified(chat, words="孩子在深圳上学没着落，组织能帮忙吗，学费还缺钱")
    assert "同意发" in seen[-1].buttons
    await chat.press(ASKER, "同意发")
    [post] = shown_now(chat)
    assert "有同志的家属在深圳上学有难处：" in post
    assert "也需要捐助，私信我“认捐 A1 金额”。" in post


async def test_ones_own_words_are_redacted_and_what_was_taken_out_is_said(chat: Dialogue) -> None:
    await verified(chat)
    await chat.press(ASKER, "同意提就医")
    await chat.press(ASKER, "改")
    seen = await chat.private(ASKER, "李小山的家属到北京看肿瘤，住东风路8号，电话13800001234，要人带路")
    [shown] = chat.to(ASKER, seen)
    assert "我去掉了：号码、住址、姓名、病情。" in shown
    assert "【互助 A1】同志的家属到北京就医，要人带路。" in shown
    assert chat.in_group(seen) == []
    assert "同志的家属到北京就医，要人带路。" in chat.in_group(await chat.press(ASKER, "同意发"))[0]


async def test_own_words_about_health_without_the_consent_become_the_proposal(chat: Dialogue) -> None:
    await verified(chat)
    await chat.press(ASKER, "不提健康")
    await chat.press(ASKER, "改")
    [shown] = chat.to(ASKER, await chat.private(ASKER, "家属要做手术，缺人陪护"))
    assert "我去掉了：病情、健康。" in shown
    assert "有同志在北京遇到难处" in shown


async def test_words_that_are_too_long_or_nothing_but_secrets_are_said(chat: Dialogue) -> None:
    await verified(chat)
    await chat.press(ASKER, "同意提就医")
    await chat.press(ASKER, "改")
    assert chat.to(ASKER, await chat.private(ASKER, "要人帮忙" * 30)) == [aid_wording.TOO_LONG.zh]
    assert chat.to(ASKER, await chat.private(ASKER, "13800001234")) == [aid_wording.EMPTY.zh]
    assert "挂个号" in chat.to(ASKER, await chat.private(ASKER, "还是原来的"))[0]


async def test_held_back_it_waits_and_nothing_is_posted(chat: Dialogue) -> None:
    await verified(chat)
    await chat.press(ASKER, "同意提就医")
    assert "先不发" in chat.to(ASKER, await chat.press(ASKER, "先不发"))[0]
    assert shown_now(chat) == []
    assert "同意发" in (await chat.private(ASKER, "我的求助"))[-1].buttons
    await chat.press(ASKER, "同意发")
    assert len(shown_now(chat)) == 1


async def test_only_what_was_shown_last_is_approved(chat: Dialogue) -> None:
    await verified(chat)
    first = await chat.press(ASKER, "同意提就医")
    await chat.press(ASKER, "改", first[-1])
    await chat.private(ASKER, "家属就医要人带路")
    old = await chat.private(ASKER, "我的求助")
    await chat.press(ASKER, "改", old[-1])
    await chat.private(ASKER, "家属就医要人排队")
    stale = next(each for each in chat.shown if "同意发" in str(each["buttons"]) and "带路" in each["text"]["zh"])
    data = stale["buttons"][0][0]["data"]
    seen = await chat.press_data(ASKER, first[-1], data)
    assert chat.in_group(seen) == []
    assert chat.to(ASKER, seen) == [GONE.zh]
    assert "排队" in chat.in_group(await chat.press(ASKER, "同意发"))[0]


async def test_an_approved_appeal_without_a_group_is_posted_once_there_is_one(chat: Dialogue) -> None:
    groups = await chat.in_branch(lambda work: work.chats.of_branch())

    async def unbind(work: UnitOfWork) -> None:
        for each in await work.chats.of_branch():
            work.chats.unbind(each.key)

    await chat.in_branch(unbind)
    await verified(chat)
    await chat.press(ASKER, "同意提就医")
    assert chat.to(ASKER, await chat.press(ASKER, "同意发")) == [aid_wording.NO_GROUP.zh]

    async def bind(work: UnitOfWork) -> None:
        for each in groups:
            work.chats.bind(each.key, "红旗村支部")

    await chat.in_branch(bind)
    assert "【互助 A1】" in chat.in_group(await chat.pass_time(minutes=10))[0]


async def test_an_open_post_is_changed_in_place_only_when_approved_again(chat: Dialogue) -> None:
    await posted(chat)
    await chat.private(ASKER, "改求助 A1")
    shown = await chat.private(ASKER, "家属就医，现在只要人排队")
    assert "挂个号" in shown_now(chat)[0]
    assert "只要人排队" in chat.to(ASKER, shown)[0]
    assert chat.to(ASKER, await chat.press(ASKER, "同意发")) == [aid_wording.CHANGED.zh]
    await chat.pass_time(seconds=20)
    [post] = shown_now(chat)
    assert "只要人排队" in post
    assert "挂个号" not in post


async def test_somebody_elses_appeal_is_not_worded_by_its_number(chat: Dialogue) -> None:
    await posted(chat)
    assert chat.to("周海", await chat.private("周海", "改求助 A1")) == [NONE.zh]


async def test_the_days_are_the_branchs_own(chat: Dialogue) -> None:
    async def decide(work: UnitOfWork) -> None:
        work.policies.put("aid_days", 7, effective_from=work.now.date())

    await chat.in_branch(decide)
    await posted(chat)
    assert "到 3月17日 为止" in shown_now(chat)[0]
    told = chat.to(SECRETARY, await chat.private(SECRETARY, "依据 互助"))
    assert "第一百二十二条" in told[0]


async def test_a_typed_word_answers_what_is_asked_about_the_words(chat: Dialogue) -> None:
    await verified(chat)
    assert "同意才发" in chat.to(ASKER, await chat.private(ASKER, "可以"))[0]
    assert chat.to(ASKER, await chat.private(ASKER, "行")) == [aid_wording.POSTED(tag="A1").zh]


async def test_while_something_else_is_asked_it_stays_a_card(chat: Dialogue) -> None:
    await verified(chat, words="孩子在深圳上学没着落，组织能帮忙吗")
    await chat.private(ASKER, "求助 家里被洪水淹了")
    await chat.private(ASKER, "武汉")
    assert len(shown_now(chat)) == 0
    await chat.press(ASKER, "同意发")
    assert len(shown_now(chat)) == 1


async def test_at_night_nobody_is_told_that_it_is_posted(chat: Dialogue) -> None:
    await verified(chat, words="孩子在深圳上学没着落，组织能帮忙吗")
    chat.now += timedelta(hours=14)
    assert "夜里不打扰，早上七点发到群里。" in chat.to(ASKER, await chat.press(ASKER, "同意发"))[0]


async def test_after_a_loud_day_the_true_reason_is_told_and_it_is_not_called_posted_yet(chat: Dialogue) -> None:
    await verified(chat, words="孩子在深圳上学没着落，组织能帮忙吗")

    async def said_enough(work: UnitOfWork) -> None:
        for number in range(GROUP_A_DAY):
            await posting.to_groups(work, Outgoing(Text.plain(f"第{number}条")), priority=Priority.NOTICE, room=GROUP_A_DAY)

    await chat.in_branch(said_enough)
    [told] = chat.to(ASKER, await chat.press(ASKER, "同意发"))
    assert "群里今天说得够多了，3月11日早上七点发。" in told
    assert "夜里" not in told
    assert "A1 3月11日 7点发群，" in chat.to(ASKER, await chat.private(ASKER, "我的求助"))[0]
    await chat.pass_time(days=1)
    assert "A1 已发群，" in chat.to(ASKER, await chat.private(ASKER, "我的求助"))[0]


async def test_without_consent_what_says_nothing_of_health_is_kept(chat: Dialogue) -> None:
    await posted(chat, words="我爱人生病了，没人带孩子", health="不提健康")
    assert shown_now(chat) == [POST.format(words="有同志遇到难处：没人带孩子。", money="")]
    await chat.private(ASKER, "改求助 A1")
    assert "】爱人上班，没人带孩子。" in chat.to(ASKER, await chat.private(ASKER, "爱人上班，在医院，没人带孩子"))[0]
