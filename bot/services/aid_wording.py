"""The words for the group: proposed without name, diagnosis, street and number; the person sees exactly them and approves every word.

Health is mentioned only with a consent of its own (PIPL art. 29), and then as 就医, never by the name of an illness.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.errors import UserError
from bot.language import places
from bot.language.appeals import wanted
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import appeals as rules
from bot.rules.appeals import ForWhom, Kind, State
from bot.rules.redaction import Taken, mentions_health, redacted, without_health
from bot.services import aid_cases, aid_finals, aid_letters, aid_posts, posting
from bot.services.aid_words import NONE, tag
from bot.services.asking import Ask, Choice
from bot.texts import Text, cut
from storage.appeals import Appeal
from storage.unit_of_work import UnitOfWork

HEALTH, WORDING, OWN = "aid_health", "aid_wording", "aid_own_words"
LIVES = timedelta(days=14)
LONGEST = 80
"""Characters of what the group reads; the rest of the post has the rest of the 200."""
ASK_HEALTH = Text(
    "书记核实了您的求助 {tag}。发群时可以提到“就医”吗？不提病名。不同意也能发，只是一个字不提健康。",
    "The secretary has verified your appeal {tag}. May the group read that it is about medical care? No illness is named. "
    "If you say no, it is posted without a word about health.",
)
AGREE = Choice(Text("同意提就医", "may be mentioned"), ("同意", "可以", "行", "好", "yes"))
DISAGREE = Choice(Text("不提健康", "not a word"), ("不同意", "不可以", "不要", "不行", "不提", "no"))
SHOWN = Text(
    "求助 {tag} 发到群里是这样，一个字不多。{taken}同意才发：\n{post}",
    "This is what the group would read of {tag}, not a word more. {taken}Post it?\n{post}",
)
POST_IT = Choice(Text("同意发", "post it"), ("同意", "发", "发吧", "可以发", "可以", "好", "行", "yes"))
CHANGE = Choice(Text("改", "change"), ("改一下", "我改", "修改"))
NOT_NOW = Choice(Text("先不发", "not now"), ("不发", "不同意", "不要", "先不", "no"))
ASK_OWN = Text(
    "请写发群的话，80 字以内。姓名、病名、地址、号码我会去掉，再给您看。",
    "Write the words for the group, at most 80 characters. Names, illnesses, addresses and numbers are taken out; then you see it again.",
)
KEEP = Choice(Text("还是原来的", "as it was"), ("不改了", "原来的"))
TOO_LONG = Text("超过 80 字了，请写短一些。", "That is over 80 characters; please make it shorter.")
EMPTY = Text(
    "去掉不能发的，就没有字了，请换个写法。", "After taking out what may not be posted nothing is left; please write it differently."
)
HELD = Text(
    "好，先不发。想好了发“我的求助”；不求了发“撤回求助 {tag}”。",
    "Not posted. Send “my appeals” when you have decided, or “withdraw {tag}”.",
)
POSTED = Text(
    "发到群里了。有人愿意帮，我私下告诉您，双方都同意才给联系方式。解决了发“解决了 {tag}”。",
    "It is posted. Who offers help is told to you alone, contacts only when both agree. When it is solved, send “solved {tag}”.",
)
POSTED_LATER = Text(
    "好。{waits}有人愿意帮，我私下告诉您，双方都同意才给联系方式。解决了发“解决了 {tag}”。",
    "Good.{waits} Who offers help is told to you alone, contacts only when both agree. When it is solved: “solved {tag}”.",
)
NO_GROUP = Text(
    "同意的话记下了。支部还没绑定群，绑定后自动发。",
    "Your approval is noted. The branch has no group yet; it is posted as soon as there is one.",
)
CHANGED = Text("好，群里那条改了。", "Done, the post is changed.")
_TAKEN = {
    Taken.NAME: Text("姓名", "names"),
    Taken.ILLNESS: Text("病情", "illness"),
    Taken.STREET: Text("住址", "address"),
    Taken.NUMBER: Text("号码", "numbers"),
    Taken.LINK: Text("链接", "links"),
    Taken.BED: Text("床位", "hospital bed"),
}
_TOOK = Text("我去掉了：{what}。", "I took out: {what}. ")
_HEALTH_GONE = Text("健康", "health")
_WHOM = {ForWhom.FAMILY.value: "有同志的家属", ForWhom.OTHER.value: "有同志的亲友"}
_NEEDS = {
    Kind.MEDICAL.value: "要{where}就医",
    Kind.WORK_ACCIDENT.value: "{where}干活遇到事故",
    Kind.WAGES.value: "{where}遇到欠薪",
    Kind.DISASTER.value: "{where}遇到灾害",
    Kind.SCHOOLING.value: "{where}上学有难处",
    Kind.MONEY.value: "{where}手头紧",
    Kind.OTHER.value: "{where}遇到难处",
}


async def put_to(work: UnitOfWork, appeal: Appeal) -> None:
    """Ask the person, unasked: about health first where the matter is one, else about the words."""
    ask = await following(work, appeal)
    await aid_letters.ask(work, appeal, appeal.member_id, ask, part=aid_letters.ASKER)


async def following(work: UnitOfWork, appeal: Appeal, taken: Text = Text("", "")) -> Ask:
    """What the person has to say next before anything is posted."""
    about_health = appeal.kind in {Kind.MEDICAL, Kind.WORK_ACCIDENT} or mentions_health(appeal.need)
    if appeal.health_consent is None and about_health and not appeal.public_text:
        return Ask(HEALTH, ASK_HEALTH(tag=tag(appeal.number)), (AGREE, DISAGREE), LIVES, {"appeal": appeal.id}, card=True)
    if not appeal.public_text:
        appeal = work.appeals.change(appeal, public_text=await proposed(work, appeal))
    return await _shown(work, appeal, appeal.public_text, taken)


async def _shown(work: UnitOfWork, appeal: Appeal, text: str, taken: Text = Text("", "")) -> Ask:
    post = await aid_posts.text(work, appeal, text, offers=0)
    shown = SHOWN(tag=tag(appeal.number), taken=taken, post=Text.plain(text) if len(post.zh) > 140 else post)
    return Ask(WORDING, shown, (POST_IT, CHANGE, NOT_NOW), LIVES, {"appeal": appeal.id, "text": text}, card=True, columns=3)


async def proposed(work: UnitOfWork, appeal: Appeal) -> str:
    """What the bot proposes: who in general, the kind, the city, and what is wanted; without consent not a word about health."""
    where = f"在{places.place(appeal.city).short}" if appeal.city else ""
    head = _WHOM.get(appeal.for_whom or "", "有同志") + _NEEDS[appeal.kind or Kind.OTHER.value].format(where=where)
    needed = redacted(wanted(appeal.need), await _names(work)).text if appeal.need else ""
    text = "：".join(each for each in (head, needed) if each)
    if appeal.health_consent is not True and mentions_health(text):
        kept = redacted(without_health(wanted(appeal.need)), await _names(work)).text
        text = f"有同志{where}遇到难处" + (f"：{kept}" if kept and not mentions_health(kept) else "，需要搭把手")
    return redacted(cut(text, LONGEST - 1)[0] + "。", await _names(work)).text


async def _names(work: UnitOfWork) -> list[str]:
    return [name for each in await work.members.present() for name in (each.name, each.latin)]


async def _of(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], *states: State) -> Appeal:
    require(actor, Permission.ASK_AID, Subject(work.branch_id, actor.member))
    appeal = await work.appeals.get(data["appeal"])
    if appeal is None or appeal.member_id != actor.member:
        raise UserError(NONE)
    if appeal.state not in states:
        raise UserError(aid_cases.not_now(appeal))
    return appeal


async def consented(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], *, given: bool) -> Ask:
    """Whether health may be mentioned; then the words are shown. A no holds at once, also for what is posted. Raises `UserError`."""
    appeal = await _of(work, actor, data, State.WORDING, State.OPEN)
    answered = work.appeals.change(appeal, health_consent=given, step_at=work.now)
    if not given and mentions_health(answered.public_text):
        left = without_health(answered.public_text)
        answered = work.appeals.change(answered, public_text=left or await proposed(work, answered))
        if answered.state == State.OPEN:
            await aid_posts.refresh(work, answered)
    aid_finals.note(work, actor, aid_finals.HEALTH_UNPOSTED if answered.state == State.WORDING else aid_finals.HEALTH, answered)
    return replace(await following(work, answered), card=False)  # what comes next is answered by a word, too


async def own_words(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> Ask:
    """Ask for the person's own words. Raises `UserError`."""
    appeal = await _of(work, actor, data, State.WORDING, State.OPEN)
    return Ask(OWN, ASK_OWN, (KEEP,), data={"appeal": appeal.id}, free=True)


async def reworded(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], words: str | None) -> Ask:
    """The person's own words, redacted, shown before anything is posted, with what was taken out. None keeps them as they were."""
    appeal = await _of(work, actor, data, State.WORDING, State.OPEN)
    if words is None:
        return await following(work, appeal)
    if len(words.strip()) > LONGEST:
        raise UserError(TOO_LONG)
    left = redacted(words.strip(), await _names(work))
    text, gone = left.text, [_TAKEN[each] for each in left.taken]
    if appeal.health_consent is not True and mentions_health(text):
        appeal, gone = work.appeals.change(appeal, health_consent=False), [*gone, _HEALTH_GONE]
        text = without_health(text) or await proposed(work, appeal)
    if not text:
        raise UserError(EMPTY)
    text = text if text[-1] in "。！？.!?" else text + "。"
    took = _TOOK(what=Text.join(gone, "、", ", ")) if gone else Text("", "")
    if appeal.state == State.OPEN:
        return replace(await _shown(work, appeal, text, took), card=False)
    return replace(await following(work, work.appeals.change(appeal, public_text=text, step_at=work.now), took), card=False)


async def decided(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], choice: int) -> Text | Ask:
    """What the person says of the words: posted as they were shown, changed, or held back. Raises `UserError`."""
    appeal = await _of(work, actor, data, State.WORDING, State.OPEN)
    if choice == 1:
        return await own_words(work, actor, data)
    if choice == 2:
        return HELD(tag=tag(appeal.number))
    if appeal.state == State.WORDING and data["text"] != appeal.public_text:
        return await following(work, appeal)
    await _checked(work, appeal, data["text"])
    aid_finals.note(work, actor, aid_finals.APPROVED, appeal)
    if appeal.state == State.OPEN:
        await aid_posts.refresh(work, work.appeals.change(appeal, public_text=data["text"], approved_at=work.now, step_at=work.now))
        return CHANGED
    approved = aid_cases.become(work, appeal, State.APPROVED, approved_at=work.now)
    if not await aid_posts.put_up(work, approved):
        return NO_GROUP
    waits = await posting.until_posted(work)
    return POSTED_LATER(tag=tag(appeal.number), waits=waits) if waits else POSTED(tag=tag(appeal.number))


async def _checked(work: UnitOfWork, appeal: Appeal, text: str) -> None:
    """Nothing goes out that lacks a step, or that somebody's joining since would have taken out."""
    lacking = rules.missing(
        declared=appeal.truth_at is not None,
        verified=appeal.verified_by is not None,
        approved=True,
        mentions_health=mentions_health(text),
        health_consent=appeal.health_consent,
    )
    if lacking or redacted(text, await _names(work)).taken:
        raise UserError(aid_cases.not_now(appeal))
