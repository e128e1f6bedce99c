"""Who is called in a message by @, in the form of every platform, and the codes that stand for a face, a picture or an answer."""

import re

from bot.language.normalise import HAN
from bot.patterns import Pattern

# What a platform puts for a call: OneBot's codes, QQ's and Discord's brackets, Lark's tags.
_CODED = (
    r"\[CQ:at\b[^\]]{0,200}\]|\[at[:=][^\]]{0,100}\]|"
    r"<at\b[^>]{0,200}>[^<]{0,64}</at>|<at\b[^>]{0,200}/?>|<@[!&]?[^>\s]{1,64}>|<qqbot-at-\w+[^>]{0,200}>"
)
_NAMED = "\u0040[^\u2005@\\n]{1,32}\u2005"
"""WeChat and WeCom end a name, which may hold spaces, with a space of their own."""
_WELL_KNOWN = (
    "@(?:全体成员|所有人|全体党员|全体|大家|all|everyone|here)(?![a-z])|"
    "@(?:智慧)?(?:党?支部|党建|党务|小支)(?:小)?(?:机器人|助手|管家|助理)?|@(?:机器人|助手|小助手)|@zhibu(?:_?bot)?"
)
_WORD = "(?<![A-Za-z0-9._%+-])@[^\\s@,:;!?。、()]{1,32}(?=[\\s,:;!?。、()]|$)"
_CALL = Pattern(f"{_CODED}|{_NAMED}|(?i:{_WELL_KNOWN})|{_WORD}")
_COMMAND = Pattern(r"^\s*/([^\s@/]{1,32})@[A-Za-z0-9_]{1,40}")
_SEEN = Pattern(r"\[CQ:(image|record|video|location|share|json|file)\b[^\]]{0,900}\]")
_SEEN_AS = {"image": "图片", "record": "语音", "video": "视频", "location": "位置", "share": "链接", "json": "链接", "file": "文件"}
_CODE = Pattern(r"\[CQ:[a-z_]{1,20}\b[^\]]{0,900}\]|<(?:faceType|emoji)[=:][^>]{0,200}>")

_FACE_NAMES = (
    "表情 动画表情 微笑 撇嘴 色 发呆 得意 流泪 害羞 闭嘴 睡 大哭 尴尬 发怒 调皮 呲牙 惊讶 难过 酷 冷汗 抓狂 吐 偷笑 可爱 愉快 "
    "白眼 傲慢 饥饿 困 惊恐 流汗 憨笑 悠闲 大兵 奋斗 咒骂 疑问 嘘 晕 疯了 折磨 衰 骷髅 敲打 再见 擦汗 抠鼻 鼓掌 糗大了 坏笑 "
    "左哼哼 右哼哼 哈欠 鄙视 委屈 快哭了 阴险 亲亲 吓 可怜 菜刀 西瓜 啤酒 篮球 乒乓 咖啡 饭 猪头 玫瑰 凋谢 嘴唇 示爱 爱心 心碎 "
    "蛋糕 闪电 炸弹 刀 足球 瓢虫 便便 月亮 太阳 礼物 拥抱 强 弱 握手 胜利 抱拳 勾引 拳头 差劲 爱你 ok 爱情 飞吻 跳跳 发抖 怄火 "
    "转圈 磕头 回头 跳绳 挥手 投降 激动 街舞 献吻 左太极 右太极 嘿哈 捂脸 奸笑 机智 皱眉 耶 吃瓜 加油 汗 天啊 社会社会 旺柴 好的 "
    "打脸 哇 翻白眼 666 让我看看 叹气 苦涩 裂开 笑脸 生病 破涕为笑 脸红 恐惧 失望 无语 吃惊 合十 庆祝 福 红包 发 烟花 爆竹 比心 "
    "点赞 赞 送花 鲜花 囧 笑哭 doge 泪奔 无奈 托腮 卖萌 斜眼笑 喷血 惊喜 骚扰 小纠结 我最美 眨眼睛 撒花 给力 威武 祈祷 心 狗头 "
    "脸黑 嘴馋 爱你哟 干杯 敬礼 收到"
)
_FACES = frozenset(_FACE_NAMES.split())
_FACE = Pattern(
    r"\[([^\[\]\s]{1,6})\]|/(?:微笑|呲牙|玫瑰|强|握手|抱拳|鼓掌|胜利|爱心|捂脸|流泪|大哭|憨笑|偷笑|可爱|害羞|流汗|擦汗|再见|ok)(?![a-z])"
)
_KEPT_FACES = frozenset({"红包", "收到", "好的", "加油"})
"""Faces that are words, too: they are read."""

_SIGNS = {0x1F170: "a", 0x1F171: "b", 0x1F17E: "o", 0x1F197: "ok", 0x20E3: None}
_SIGNS |= {start + each: str(each + 1) for start in (0x2776, 0x2780, 0x278A) for each in range(10)}
_PICTURE = Pattern(
    "[\u00a9\u00ae\u203c\u2049\u231a-\u23ff\u25a0-\u27bf\u2934\u2935\u2b00-\u2bff\u3030\u303d\U0001f000-\U0001faff\U000e0020-\U000e007f]+"
)
_NAMED_FACE = "|".join(sorted(_FACES - _KEPT_FACES, key=len, reverse=True))
_FACED = Pattern(
    "|".join(
        name if len(name) > 1 and not name.isascii() else f"{re.escape(name)}(?![a-z{HAN}])"
        for name in sorted(_FACES - _KEPT_FACES, key=len, reverse=True)
    ),
    re.IGNORECASE,
)
"""What stands behind a slash for a face; a name of one character (发) only alone."""
_LONGEST_NAME = 40
_SHOWN = f"(?:\\[(?:{_NAMED_FACE})\\]|(?![\U0001f170\U0001f171\U0001f197]){_PICTURE.pattern}\ufe0f?| )"
"""A face; but not what answers: A, B, OK."""
_OUTER = Pattern(_SHOWN, re.IGNORECASE)
_LAST = Pattern(f"{_SHOWN}$", re.IGNORECASE)
_LONGEST_FACE = 8


def without_calls(text: str) -> str:
    """The text without who is called in it; the codes of pictures and the like become [图片], those of faces and answers a space."""
    if "[CQ:" in text or "<" in text:
        text = _CODE.sub(" ", _SEEN.sub(lambda found: f"[{_SEEN_AS[found[1]]}]", _CALL.sub(" ", text)))
    if "@" in text or "＠" in text:
        text = _CALL.sub(" ", _COMMAND.sub(r"/\1", text.replace("＠", "@")))
    return text


def calls(text: str) -> bool:
    """Whether somebody is called by @; in a group, the platform says whether that is the bot."""
    return ("@" in text or "＠" in text or "[" in text or "<" in text) and _CALL.search(text.replace("＠", "@")) is not None


def slashed(text: str) -> bool:
    """Whether it begins as a command does with a slash and a word; not with a platform's code for a face (/微笑), nor a mere sign."""
    said = text[1:_LONGEST_NAME] if text.startswith("/") else ""
    return said[:1].isalpha() and not _FACED.match(said)


def between_faces(line: str) -> str:
    """A line without the emoji and faces before and after it; as it is where it is nothing else."""
    if line.isascii() and "]" not in line:
        return line
    start, end = 0, len(line)
    while start < end and (found := _OUTER.match(line, start)):
        start = found.end()
    while start < end and (found := _LAST.search(line, max(start, end - _LONGEST_FACE), end)):
        end = found.start()
    return line[start:end].strip() or line


def without_faces(line: str) -> str:
    """A line with a space for each emoji and each name of a face in brackets; signs for 1, B and OK are read.

    A line that is one face and nothing else stays: somebody may have answered with [OK].
    """
    if line.isascii() and "[" not in line and "/" not in line:
        return line
    if "[" in line or "/" in line:
        line = _FACE.sub(_face, line) if _FACE.fullmatch(line) is None else line
    return _PICTURE.sub(" ", line.translate(_SIGNS))


def _face(found: re.Match[str]) -> str:
    name = found[1]
    if name is None:
        return " "
    if name in _KEPT_FACES:
        return name
    return " " if name.casefold() in _FACES else found[0]
