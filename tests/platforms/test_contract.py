"""One suite that every platform passes, first half: what people do, and the neutral words it becomes.

Where a platform does not tell of something, the case says what holds instead. `make contract` prints the table.
"""

from bot.messages import Admission, Button, ChatKind, EventKind, Outgoing
from bot.spelled import fitted
from bot.texts import Text
from tests.platforms.conftest import Play
from tests.platforms.sides import MEMBERS_WORDS, OTHER, PERSON, Tells
from tests.typed import typed

LONGEST_KEY = 120


async def test_a_private_message_comes_in(play: Play) -> None:
    side = play.side
    message_id = await side.says("我到哈尔滨了")
    [taken] = side.inbox.taken
    assert (taken.kind, taken.chat.kind, taken.text, taken.message_id) == (EventKind.MESSAGE, ChatKind.PRIVATE, "我到哈尔滨了", message_id)
    assert taken.chat.key == side.key()
    assert taken.sender.key[:2] == (side.platform.name, side.platform.instance) == taken.chat.key[:2]
    assert taken.at.utcoffset() is not None


async def test_words_to_the_bot_in_the_group_come_in_without_its_name(play: Play) -> None:
    await play.side.says("@支部 签到", group=True)
    [taken] = play.side.inbox.taken
    assert (taken.kind, taken.chat.kind, taken.mentioned, taken.text) == (EventKind.MESSAGE, ChatKind.GROUP, True, "签到")
    assert taken.chat.key == play.side.key(group=True)
    private = await play.hears("签到")
    assert private.chat.key != taken.chat.key
    assert private.sender.key.platform == taken.sender.key.platform


async def test_other_words_in_the_group_come_in_as_not_meant_for_the_bot(play: Play) -> None:
    assert play.can(group=True).overhear is (Tells.OVERHEARD in play.side.tells)
    await play.side.says("今天真冷", group=True)
    if Tells.OVERHEARD not in play.side.tells:
        play.instead("whoever wants something says it to the bot: @ in the group, or in private")
        await play.hears(group=True)
        assert [each.text for each in play.side.inbox.taken] == ["还在吗"]
        return
    [taken] = play.side.inbox.taken
    assert (taken.chat.kind, taken.mentioned, taken.text) == (ChatKind.GROUP, False, "今天真冷")


async def test_an_answer_to_the_bots_message_counts_as_spoken_to_it(play: Play) -> None:
    await play.hears(group=True)  # some platforms let nothing in before somebody spoke
    own = await play.sends("公告", group=True)
    if Tells.REPLIES not in play.side.tells:
        play.instead("the bot is spoken to by name; the newest question is meant")
        taken = await play.hears("收到", group=True, reply_to=own)
        assert (taken.mentioned, taken.reply_to) == (True, None)
        return
    # Where only what names the bot is told, the answer names it, too.
    await play.side.says("收到" if Tells.OVERHEARD in play.side.tells else "@支部 收到", group=True, reply_to=own)
    taken = play.side.inbox.taken[-1]
    assert (taken.text, taken.mentioned, taken.reply_to) == ("收到", True, own)


async def test_the_words_that_are_answered_come_with_the_answer(play: Play) -> None:
    await play.hears()
    own = await play.sends("您到哪里了？")
    taken = await play.hears("哈尔滨", reply_to=own)
    if Tells.QUOTES not in play.side.tells:
        play.instead("the bot looks its own message up by its number, or takes the newest question")
        assert taken.quoted is None
        return
    assert taken.quoted
    assert taken.quoted.text == "您到哪里了？"
    assert taken.quoted.at.utcoffset() is not None


async def test_people_have_names(play: Play) -> None:
    taken = await play.hears()
    if Tells.NAMES not in play.side.tells:
        play.instead("whoever is not bound yet is shown by the platform's number, and says who they are by their code")
        assert taken.sender.name == ""
        return
    assert taken.sender.name == PERSON


async def test_an_event_has_the_same_key_every_time_and_no_other_has_it(play: Play) -> None:
    side = play.side
    first, second = await play.hears("签到"), await play.hears("签到")
    in_group = await play.hears("签到", group=True)
    keys = {first.key, second.key, in_group.key}
    assert len(keys) == 3
    assert all(key.startswith(f"{side.platform.name}:") and len(key) <= LONGEST_KEY for key in keys)
    await side.replays()
    await play.hears("还在吗")
    assert {each.key for each in side.inbox.taken if each.text == "签到"} == keys
    if Tells.REPLAYS not in side.tells:
        play.absent("nothing comes twice there")


async def test_a_replay_after_the_bot_was_away_has_the_same_key(play: Play) -> None:
    side = play.side
    told = await play.hears("签到")
    await side.goes_down()
    await side.comes_back()
    await side.replays()
    await play.hears("还在吗")
    assert {each.key for each in side.inbox.taken if each.text == "签到"} == {told.key}


async def test_what_the_bot_said_itself_is_not_taken(play: Play) -> None:
    await play.hears(group=True)
    await play.side.echoes("今日报平安 1 人")
    await play.hears("还在吗", group=True)
    assert [each.text for each in play.side.inbox.taken] == ["还在吗", "还在吗"]
    if Tells.ECHOES not in play.side.tells:
        play.absent("the platform does not bring the bot what it said")


async def test_a_button_brings_back_its_data_and_its_message(play: Play) -> None:
    await play.hears()
    rows = ((Button(Text("去", "go"), "q.1.0.x"), Button(Text("不去", "stay"), "q.1.1.x")),)
    if not play.can().buttons:
        play.instead("a numbered list and a word; typing either does the same")
        await _types(play, fitted(Outgoing(Text.plain("去吗？"), rows), ChatKind.PRIVATE, play.can(), bool))
        return
    asked = await play.sends("去吗？", buttons=rows)
    assert [label for row in (await play.side.shown(asked)).buttons for label in row] == ["去", "不去"]
    await play.side.presses(asked, "q.1.1.x")
    taken = play.side.inbox.taken[-1]
    assert (taken.kind, taken.text, taken.message_id) == (EventKind.BUTTON, "q.1.1.x", asked)
    assert taken.chat.key == play.side.key()


async def _types(play: Play, asked: Outgoing) -> None:
    """What the message tells to type in place of a button comes in as just that."""
    shown = await play.side.shown(await play.sends(asked.text))
    assert shown.buttons == []
    for number in (True, False):
        words = typed(shown.text, "不去", number=number)
        assert words == ("2" if number else "不去")
        taken = await play.hears(words)
        assert (taken.kind, taken.text) == (EventKind.MESSAGE, words)


async def test_a_button_in_the_group_is_there_or_its_words_are_said_to_the_bot(play: Play) -> None:
    await play.hears(group=True)
    rows = ((Button(Text("我能帮", "I can help"), "c.1.0.x"),),)
    if play.can(group=True).buttons:
        asked = await play.sends("互助 A1", group=True, buttons=rows)
        assert (await play.side.shown(asked, group=True)).buttons == [["我能帮"]]
        return
    play.instead("the words, said to the bot by name")
    post = fitted(Outgoing(Text.plain("互助 A1"), rows), ChatKind.GROUP, play.can(group=True), lambda _: False)
    shown = await play.side.shown(await play.sends(post.text, group=True), group=True)
    assert typed(shown.text, "我能帮") == "@支部 我能帮"
    taken = await play.hears("我能帮", group=True)
    assert (taken.kind, taken.mentioned) == (EventKind.MESSAGE, True)


async def test_a_message_that_its_author_changed_is_told_apart(play: Play) -> None:
    own = await play.side.says("签倒")
    await play.side.edits(own, "签到")
    kinds = [each.kind for each in play.side.inbox.taken]
    if Tells.EDITS not in play.side.tells:
        play.instead("whoever wrote something wrong writes it again, or 撤销")
        assert kinds == [EventKind.MESSAGE]
        await play.hears()
        return
    assert kinds == [EventKind.MESSAGE, EventKind.EDITED]
    assert play.side.inbox.taken[1].text == "签到"


async def test_a_location_card_is_a_place_and_no_message(play: Play) -> None:
    await play.side.shares_location()
    if Tells.LOCATIONS not in play.side.tells:
        play.instead("the city is typed: 我到哈尔滨了")
        assert not [each for each in play.side.inbox.taken if each.location or each.kind is EventKind.LOCATION]
        await play.hears("我到哈尔滨了")
        return
    [taken] = play.side.inbox.taken
    assert taken.kind is EventKind.LOCATION
    assert taken.location
    assert (round(taken.location.latitude, 1), round(taken.location.longitude, 1)) == (45.8, 126.5)


async def test_a_voice_message_is_told_as_spoken(play: Play) -> None:
    await play.side.speaks("我到哈尔滨了")
    if Tells.VOICE not in play.side.tells:
        play.instead("nothing is taken for words that were not heard; it is typed")
        assert not [each for each in play.side.inbox.taken if each.spoken or each.text]
        await play.hears("我到哈尔滨了")
        return
    [taken] = play.side.inbox.taken
    assert (taken.kind, taken.spoken) == (EventKind.MESSAGE, True)
    assert taken.text in {"", "我到哈尔滨了"}


async def test_who_comes_into_the_group_and_who_leaves_it_is_told(play: Play) -> None:
    await play.side.joins()
    await play.side.leaves()
    events = play.side.inbox.taken
    if Tells.JOINS not in play.side.tells:
        play.instead("the bot knows people by their code alone; the secretary says who left: 移除")
        assert events == []
        return
    # Some platforms tell of it twice, in different ways, and each has its key.
    assert list(dict.fromkeys(each.kind for each in events)) == [EventKind.JOINED, EventKind.LEFT]
    assert {each.sender.key for each in events} == {events[0].sender.key}
    assert all(each.chat.key == play.side.key(group=True) for each in events)
    assert len({each.key for each in events}) == len(events)
    if Tells.NAMES in play.side.tells:
        assert all(each.sender.name in {OTHER, ""} for each in events)


async def test_the_bots_own_coming_and_going_is_told(play: Play) -> None:
    await play.side.removes_bot()
    await play.side.adds_bot()
    events = play.side.inbox.taken
    if Tells.BOT not in play.side.tells:
        play.instead("the group is bound by 绑定本群; where nothing arrives any more 未送达 says so")
        assert events == []
        return
    assert [each.kind for each in events] == [EventKind.BOT_REMOVED, EventKind.BOT_ADDED]
    assert all(each.chat.key == play.side.key(group=True) for each in events)


async def test_who_asks_to_be_let_in_is_answered(play: Play) -> None:
    await play.side.asks_to_join("我是周海")
    assert play.can(group=True).admit == (Tells.ADMISSIONS in play.side.tells)
    if Tells.ADMISSIONS not in play.side.tells:
        play.instead("people are let in by hand, in the platform's own group settings")
        assert play.side.inbox.taken == []
        return
    [asked] = play.side.inbox.taken
    assert (asked.kind, asked.chat.key, asked.request != "") == (EventKind.ASKED_TO_JOIN, play.side.key(group=True), True)
    assert "周海" in asked.text
    assert play.side.admitted() is None
    await play.sends(group=True, admission=Admission(asked.request, accept=True))
    assert play.side.admitted() is True


async def test_what_could_not_be_stored_comes_again_and_is_taken_once(play: Play) -> None:
    inbox = play.side.inbox
    inbox.failing[MEMBERS_WORDS] = 2
    await play.side.says(MEMBERS_WORDS)
    await play.hears()
    assert [each.text for each in inbox.taken] == [MEMBERS_WORDS, "还在吗"]
    tries = [each.key for each in inbox.tried if each.text == MEMBERS_WORDS]
    assert len(tries) == 3
    assert len(set(tries)) == 1
    assert play.logged  # that it failed; whether it tells too much is looked at in the end of every case


async def test_what_one_says_comes_in_in_its_order(play: Play) -> None:
    said = [f"第 {number} 句" for number in range(12)]
    for each in said:
        await play.side.says(each)
    assert [each.text for each in play.side.inbox.taken] == said
