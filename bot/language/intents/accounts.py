"""The intents of accounts: binding one to a person, and a new telephone number."""

from typing import Any

from bot.language import persons
from bot.language.contexts import FIRST_CONTACT
from bot.language.normalise import HAN
from bot.language.persons import ONE
from bot.language.requests import core
from bot.language.rule import LIKELY, MAYBE, SURE, Found, Rule
from bot.language.said import Said
from bot.patterns import Pattern

_CODE = Pattern(
    "(?<![0-9a-z])(?=[0-9a-z]{0,9}[0-9])(?=[0-9a-z]{0,9}[a-z])[0-9a-z]{4}(?:[ -]?[0-9a-z]{4})?(?![0-9a-z])"
    "|(?<![0-9a-z])(?!bind|code|bang|ding)(?:[a-z]{4}(?:[a-z]{4})?|[0-9]{4}|[0-9]{6}|[0-9]{8})(?![0-9a-z])"
)
_BIND = Pattern(
    "怎么绑|绑上|帮我绑|给我绑|咋绑|如何绑|绑不上|绑不了|解绑|换绑|改绑|绑个|绑一?个|绑定|帮定|邦定|绑订|绑一下|绑个|绑号|认证|实名"
    "|邀请码|验证码|激活码|注册|bind"
    "|bang ?ding|invite code|invitation code"
)
_NAMED = Pattern(
    f"(?:我是|我叫|本人|姓名|名字|叫|绑定|帮定|邦定|绑订|认证)(?:账号|账户|是|叫)?[:, ]{{0,3}}(?P<name>[{HAN}]{{1,8}}·[{HAN}]{{1,8}}|{ONE}"
    f"|[{HAN}]{{2,4}}(?=[ ,:0-9a-z]))"
)
_LATIN_NAMED = Pattern("(?:bind|绑定) ?(?P<name>[a-z]{2,12}(?: [a-z]{2,12})?) (?=[0-9a-z]{4,8}$)")
_TOPICS = (
    ("unbind", Pattern("解绑|解除绑定|取消绑定|注销账[号户]|unbind")),
    ("code", Pattern("(?:没|没有|怎么没)(?:收到|有)[^,。]{0,6}(?:邀请码|绑定码)|(?:邀请码|绑定码|验证码"
        "|激活码)[^,。]{0,8}(?:过期|失效|不对|错|丢|忘|没|无效|用不了|在哪|哪里|怎么|是什么|是啥"
        "|是多少|要)|(?:要|给我?|发我?|求|再发|再给)(?:一?个|一下|我)?(?:新的?)?(?:邀请码|绑定码)|绑定码")),
    ("rebind", Pattern("(?:换|丢|改|重新|被盗|新)[^,。]{0,10}(?:绑|账号|微信号|qq号|注册)|(?:微信号?|qq号?|账号)(?:被封|封了|丢了|换了"
        "|被盗|登不上)|换绑|改绑|重新绑|重绑")),
    ("another", Pattern("(?:再|还|也|另|第二个|其他|别的|两个|几个|多个|同时)[^,。]{0,12}(?:绑|账号)|(?:qq|微信|telegram"
        "|电报)[^,。]{0,6}(?:也|还|都|一起)[^,。]{0,6}绑"
        "|绑[^,。]{0,6}(?:几个|两个|多个|另)")),
    ("status", Pattern("(?:绑定?|认证|注册)(?:好|上|成功)?(?:了)?(?:没有?|吗|么|成功)(?:$|[,。?])|(?:我)(?:绑|是否绑)(?:定)?了(?:没|吗)"
        "|绑的是谁")),
    ("how", Pattern("怎么|如何|咋|怎样|在哪|哪里|流程|步骤|教程|how|zen ?me|绑(?:定)?不(?:了|上)|失败")),
)  # fmt: skip
_OTHER_BINDING = Pattern(
    "验证码发|验证码收|银行卡|支付宝|手机号绑|绑定手机|医保|社保|公交|群|捆绑|公司|注册(?:公司|商标|会计|资金)|学习强国|快递|支付|如果"
    "|听说|转发|退休|资格认证|养老|人脸"
)


def _bind(said: Said) -> Found | None:
    """An account and the code with which it becomes somebody's, or a question about that."""
    words = core(said.words)
    greeted = said.setting.context == FIRST_CONTACT or said.setting.role == "stranger"
    if len(words) > 60 or _OTHER_BINDING.search(words):
        return None
    codes = [each[0] for each in _CODE.finditer(words)]
    code = next((each for each in reversed(codes) if not each.isalpha()), codes[-1] if codes else "")
    if _BIND.search(words):
        if code and not _YEAR.search(words):
            return _with_code(said, words, code)
        topic = next((topic for topic, pattern in _TOPICS if pattern.search(words)), "")
        return Found({"topic": topic}, LIKELY) if topic else _without_code(words)
    if greeted and code and (named := _STRANGER.fullmatch(words)) is not None and (not named["name"] or persons.is_person(named["name"])):
        return _with_code(said, words, code)
    return Found({"topic": "rebind"}, LIKELY) if _ACCOUNT_CHANGED.search(words) else None


_YEAR = Pattern("[0-9]{4}年")
_ACCOUNT_CHANGED = Pattern(
    "(?:我)?(?:换|改用?|换了个?)(?:了)?(?:一?个)?(?:新)?(?:的)?(?:微信|qq|telegram|电报|账号"
    "|账户)(?:号)?了?[^。]{0,10}(?:怎么|咋|如何|还能|要不要|原来|以前|$)"
)
_STRANGER = Pattern(
    f"(?:我是|我叫|本人|姓名)?[:, ]?(?P<name>{ONE})?(?:同志)?[,:; ]{{0,3}}(?:邀请码|码|code"
    "|验证码)?(?:是)?[,: ]{0,2}[0-9a-z]{4}[ -]?(?:[0-9a-z]{4})?"
)


def _with_code(said: Said, words: str, code: str) -> Found:
    slots: dict[str, Any] = {"code": code.upper().replace(" ", "").replace("-", "")}
    latin = _LATIN_NAMED.search(words)
    named = _NAMED.search(words) or (_STRANGER.fullmatch(words) if "绑" not in words else None)
    if latin:
        slots["name"] = latin["name"].title()
    elif named and named["name"] and named["name"] not in _NO_NAMES:
        slots["name"] = named["name"]
    elif name := next((name for name in persons.every(_BIND.sub(" ", words))), ""):
        slots["name"] = name
    return Found(slots, SURE, args=said.line[_args_at(said.line) :])


_NO_NAMES = frozenset(["账号", "邀请", "码是", "邀请码", "验证码", "一下", "账户", "我的", "这个", "新号"])


def _args_at(line: str) -> int:
    return line.find("绑定") + 2 if "绑定" in line else 0


def _without_code(words: str) -> Found | None:
    if (alone := _ALONE.fullmatch(words)) is None:
        return None
    name = alone["name"] or ""
    return Found({"name": name} if name and persons.is_person(name) else {}, LIKELY)


_ALONE = Pattern(
    "(?:我?(?:想|要|来|申请|需要)?)?(?:绑定|帮定|邦定|绑订|绑一下|实名认证|实名|认证|注册|bang ?ding|bind)(?:一下|个"
    "|我的?)?(?:账号|账户|微信|qq|身份|党员身份"
    f"|my account|account)?(?:号)?[: ]{{0,2}}(?P<name>{ONE})?"
)

# 手机号

_PHONE = Pattern(r"(?<![0-9])(?:\+?86[ -]?)?(1[3-9][0-9])[ -]?([0-9]{4})[ -]?([0-9]{4})(?![0-9])")
_NEW_NUMBER = Pattern(
    "(?:换|改|变|更新|更换|变更|更改|修改|新|登记|更正|留)[^,。]{0,6}(?:手机|电话|号码|号|联系方式|联系电话)"
    "|(?:手机号?码?|电话(?:号码?)?|联系方式|联系电话|号码"
    "|号)[^,。]{0,6}(?:换|改|变|更新|更换|变更|更改|修改|是|为|停|不用|[:])|(?:原来|以前|旧|老)(?:的)?(?:手机|号码?"
    "|电话)[^,。]{0,6}(?:不用|停|注销)|(?:手机|电话"
    "|号码)(?:号)?换|my (?:new )?(?:phone|number|mobile)|new (?:phone|number)|huan ?(?:shou ?ji|hao)"
)
_OTHER_NUMBERS = Pattern(
    "(?:手机号?|电话|号码)(?:还是|没变|不变|没换)|收件|地址|快递|寄|邮|出发|起到|上班|单位|公司叫|招|工资|联系我|求助"
    "|维权|老板|厂家|如果|听说|转发|换号码牌|车牌"
    "|门牌|换(?:手机(?!号)|个手机(?!号))|微信号|qq号|身份证|银行|卡号|编号|几号"
    "|哪个号|(?:他|她|你|书记|主任|村里|支部|谁)的?(?:手机|电话|号)"
)


def _phone(said: Said) -> Found | None:
    """A new telephone number of the speaker's."""
    words = core(said.words)
    if len(words) > 60 or _OTHER_NUMBERS.search(words):
        return None
    found = _PHONE.search(words)
    if found is not None and (_NEW_NUMBER.search(words) or _RENEWED.search(words) or _PHONE_ONLY.fullmatch(words)):
        return Found({"phone": "".join(found.groups())}, LIKELY if said.setting.in_group else SURE if _NEW_NUMBER.search(words) else MAYBE)
    if found is None and _CHANGED_NUMBER.search(words) and not _ASKED.search(words):
        return Found({}, LIKELY)
    return None


_RENEWED = Pattern("换(?:了|新|成|号|为)|新号|改成|变了")
_PHONE_ONLY = Pattern("(?:我的)?(?:手机号?|电话|联系电话|联系方式)?[:是 ]{0,3}[0-9+ -]{11,16}")
_CHANGED_NUMBER = Pattern(
    "^(?:我|俺|本人)?(?:的)?(?:又|最近|刚|已经|想|要|需要|准备)?(?:换|改|更换|变更|更新|修改|更改)(?:了)?(?:一?个"
    "|一下)?(?:新)?(?:的)?(?:手机号码?|电话号码?|号码|号|联系方式"
    "|联系电话|电话)(?:了|码)?(?:[,。].{0,12})?$"
    "|^(?:我|俺)?(?:的)?(?:手机号码?|电话号码?|电话|号码|联系方式|联系电话)(?:换|变|改|更新)(?:了|啦"
    "|过)(?:[,。].{0,12})?$|i changed my (?:phone|number)"
)
_ASKED = Pattern("谁|怎么不|为什么|吗$")

_BIND_ACCOUNT_CUES = "绑 帮定 邦定 认证 实名 码 注册 bind bang code 账号 微信 qq 我是 我叫 0 1 2 3 4 5 6 7 8 9 姓名"
_PROFILE_UPDATE_CUES = "号 电话 手机 联系 phone number mobile 13 15 17 18 19 huan"
RULES: tuple[Rule, ...] = (
    Rule(
        "bind_account",
        _bind,
        tuple(_BIND_ACCOUNT_CUES.split()),
        why="绑定账号",
    ),
    Rule("profile_update", _phone, tuple(_PROFILE_UPDATE_CUES.split()), why="换了号码"),
)
