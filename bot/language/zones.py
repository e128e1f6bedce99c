"""Time zones as people name them: 东京, 莫斯科, New York, 东九区, Asia/Tokyo."""

from functools import cache
from zoneinfo import available_timezones

from bot.language.normalise import bare
from bot.language.numerals import number
from bot.patterns import Pattern

BEIJING = "Asia/Shanghai"

_NAMED = {
    BEIJING: "北京、中国、国内、上海、beijing、china",
    "Asia/Hong_Kong": "香港",
    "Asia/Macau": "澳门",
    "Asia/Taipei": "台北、台湾",
    "Asia/Urumqi": "乌鲁木齐、新疆",
    "Asia/Tokyo": "东京、日本、大阪、横滨、名古屋、japan、osaka",
    "Asia/Seoul": "首尔、韩国、釜山、korea、south korea",
    "Asia/Pyongyang": "平壤、朝鲜",
    "Asia/Ulaanbaatar": "乌兰巴托、蒙古、蒙古国、mongolia",
    "Asia/Singapore": "新加坡",
    "Asia/Kuala_Lumpur": "吉隆坡、马来西亚、malaysia",
    "Asia/Bangkok": "曼谷、泰国、清迈、thailand",
    "Asia/Ho_Chi_Minh": "胡志明市、胡志明、越南、河内、vietnam、hanoi",
    "Asia/Phnom_Penh": "金边、柬埔寨、西港、cambodia",
    "Asia/Vientiane": "万象、老挝、laos",
    "Asia/Yangon": "仰光、缅甸、myanmar",
    "Asia/Jakarta": "雅加达、印尼、印度尼西亚",
    "Asia/Manila": "马尼拉、菲律宾、philippines",
    "Asia/Kolkata": "印度、新德里、孟买、加尔各答、india、delhi、mumbai",
    "Asia/Karachi": "卡拉奇、巴基斯坦、伊斯兰堡、pakistan",
    "Asia/Dhaka": "达卡、孟加拉国、孟加拉、bangladesh",
    "Asia/Colombo": "科伦坡、斯里兰卡、sri lanka",
    "Asia/Kathmandu": "加德满都、尼泊尔、nepal",
    "Asia/Almaty": "阿拉木图、哈萨克斯坦、阿斯塔纳、kazakhstan",
    "Asia/Tashkent": "塔什干、乌兹别克斯坦、uzbekistan",
    "Asia/Bishkek": "比什凯克、吉尔吉斯斯坦",
    "Asia/Tehran": "德黑兰、伊朗、iran",
    "Asia/Baghdad": "巴格达、伊拉克、iraq",
    "Asia/Dubai": "迪拜、阿联酋、阿布扎比、uae、abu dhabi",
    "Asia/Riyadh": "利雅得、沙特、沙特阿拉伯、saudi arabia",
    "Asia/Qatar": "多哈、卡塔尔、doha",
    "Asia/Kuwait": "科威特",
    "Asia/Jerusalem": "耶路撒冷、以色列、特拉维夫、israel",
    "Europe/Istanbul": "伊斯坦布尔、土耳其、安卡拉、turkey",
    "Asia/Vladivostok": "海参崴、符拉迪沃斯托克",
    "Europe/Moscow": "莫斯科、圣彼得堡、俄罗斯",
    "Europe/Minsk": "明斯克、白俄罗斯、belarus",
    "Europe/Kyiv": "基辅、乌克兰、ukraine",
    "Europe/Warsaw": "华沙、波兰、poland",
    "Europe/Budapest": "布达佩斯、匈牙利、hungary",
    "Europe/Belgrade": "贝尔格莱德、塞尔维亚、serbia",
    "Europe/Athens": "雅典、希腊、greece",
    "Europe/Rome": "罗马、意大利、米兰、佛罗伦萨、italy、milan",
    "Europe/Berlin": "柏林、德国、法兰克福、慕尼黑、汉堡、germany、munich、frankfurt",
    "Europe/Paris": "巴黎、法国、france",
    "Europe/Madrid": "马德里、西班牙、巴塞罗那、spain、barcelona",
    "Europe/Lisbon": "里斯本、葡萄牙、portugal",
    "Europe/Amsterdam": "阿姆斯特丹、荷兰、netherlands",
    "Europe/Brussels": "布鲁塞尔、比利时、belgium",
    "Europe/Zurich": "苏黎世、瑞士、日内瓦、switzerland、geneva",
    "Europe/Vienna": "维也纳、奥地利、austria",
    "Europe/Stockholm": "斯德哥尔摩、瑞典、sweden",
    "Europe/London": "伦敦、英国、曼彻斯特、uk、england、britain",
    "Europe/Dublin": "都柏林、爱尔兰、ireland",
    "Africa/Cairo": "开罗、埃及、egypt",
    "Africa/Algiers": "阿尔及尔、阿尔及利亚、algeria",
    "Africa/Lagos": "拉各斯、尼日利亚、nigeria",
    "Africa/Luanda": "罗安达、安哥拉、angola",
    "Africa/Addis_Ababa": "亚的斯亚贝巴、埃塞俄比亚、ethiopia",
    "Africa/Nairobi": "内罗毕、肯尼亚、kenya",
    "Africa/Johannesburg": "约翰内斯堡、南非、开普敦、south africa",
    "America/New_York": "纽约、华盛顿、波士顿、费城、迈阿密、美东、washington、boston",
    "America/Chicago": "芝加哥、休斯敦、达拉斯、美中、houston",
    "America/Denver": "丹佛",
    "America/Los_Angeles": "洛杉矶、旧金山、西雅图、硅谷、美西、san francisco、seattle",
    "Pacific/Honolulu": "檀香山、夏威夷、hawaii",
    "America/Toronto": "多伦多、渥太华、蒙特利尔、montreal",
    "America/Vancouver": "温哥华",
    "America/Mexico_City": "墨西哥城、墨西哥、mexico",
    "America/Sao_Paulo": "圣保罗、巴西、里约热内卢、brazil",
    "America/Argentina/Buenos_Aires": "布宜诺斯艾利斯、阿根廷",
    "America/Santiago": "圣地亚哥、智利、chile",
    "America/Lima": "利马、秘鲁、peru",
    "Australia/Perth": "珀斯",
    "Australia/Brisbane": "布里斯班",
    "Australia/Sydney": "悉尼、堪培拉、canberra",
    "Australia/Melbourne": "墨尔本",
    "Pacific/Auckland": "奥克兰、新西兰、惠灵顿、new zealand",
}
"""The zones where people go to work, the city that names each first. A country stands for its capital, unless that would mislead (美国)."""

_TURNED = str.maketrans("+-", "-+")
"""Etc's signs are turned round: Etc/GMT-9 is nine hours ahead of Greenwich."""
_OFFSET = Pattern(
    r"(?:(?P<side>[东西])(?P<zone>[0-9]{1,2}|[零一二三四五六七八九十]{1,2})区?|(?:utc|gmt) ?(?P<sign>[+-]) ?(?P<hours>[0-9]{1,2})(?::00)?)"
)


def zone(text: str) -> str | None:
    """The IANA name of the zone that a text names; None if it names none."""
    said = bare(text).removesuffix("时间").removesuffix(" time").strip()
    return _offset(said) or _all().get(said.replace("_", " "))


def title(name: str) -> tuple[str, str]:
    """How a zone is called in Chinese and in English."""
    city = "Beijing" if name == BEIJING else name.rsplit("/", 1)[-1].replace("_", " ")
    if city.startswith("GMT"):
        city = city.replace("GMT", "UTC").translate(_TURNED)
    words = _NAMED.get(name)
    return words.split("、")[0] if words else city, city


def _offset(said: str) -> str | None:
    told = _OFFSET.fullmatch(said)
    if told is None:
        return None
    hours = int(told["hours"]) if told["hours"] else number(told["zone"])
    if hours is None or hours > 12:
        return None
    ahead = told["side"] == "东" or told["sign"] == "+"
    return f"Etc/GMT{'-' if ahead else '+'}{hours}" if hours else "Etc/GMT"


@cache
def _all() -> dict[str, str]:
    names: dict[str, str] = {}
    for name in sorted(available_timezones()):
        if "/" in name and not name.startswith(("Etc/", "SystemV/", "posix/", "right/", "US/")):
            names.setdefault(name.rsplit("/", 1)[-1].replace("_", " ").casefold(), name)
        names[name.replace("_", " ").casefold()] = name
    for name, words in _NAMED.items():
        names[name.rsplit("/", 1)[-1].replace("_", " ").casefold()] = name
        names |= dict.fromkeys(words.split("、"), name)
    return names
