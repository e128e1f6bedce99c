"""Sentences in English, matter by matter: the intent, the pattern, and what is read out of it (`bot.language.intents.english`).

The patterns match a line in lower case; names and meetings in it may be in Chinese, with or without spaces around them.
"""

from bot.language.normalise import HAN

WHO = f"[{HAN}]{{2,4}}"
MAY = "(?:please |can you |could you |i want to |i'd like to |i would like to |i need to |let me |kindly )?"
N = "(?:no\\.? ?|number |#|nr )?(?P<number>[0-9]{1,4})"

SENTENCES: tuple[tuple[str, str, str], ...] = (
    (
        "aid_pledge",
        "(?:count me in|put me down|sign me up|i'll (?:give|chip in|donate|contribute)|i (?:will )?(?:give|donate"
        "|contribute)) (?:for |with )?(?:rmb |¥)?(?P<money>[1-9][0-9]{0,5}) ?(?:yuan|rmb|kuai|cny|元|块)?(?: (?:anonymously"
        "|too|as well|please))?",
        "gift",
    ),
    (
        "aid_offer",
        r"\b(?:(?:happy|glad|willing|ready|able|free) to (?:help|lend a hand|assist|drop by|drive|pitch in)"
        r"|(?:i )?can (?:lend a hand|help(?: out)?|give a hand)|let me know (?:if|how) i can help)\b",
        "offer",
    ),
    (
        "aid_status",
        "(?:any|is there(?: any)?|what's the|have you any)? ?(?:update|news|progress|word|reply|response|status)s? (?:on"
        "|about|to|of|for) my (?:help |aid )?(?:request|appeal)(?: for help)?|(?:has|did|is) (?:anyone|anybody"
        r"|someone) (?:\w+ )?(?:answered?|responded?|replied|reply|picked up|taken?|respond(?:ing)? to)(?: to)? my (?:help "
        "|aid )?(?:request|appeal)|(?:how is|what about|what happened to) my (?:help |aid )?(?:request|appeal)(?: going"
        "| doing)?",
        "nothing",
    ),
    (
        "aid_request",
        "(?:(?:can|could|would) (?:the (?:branch|party|organi[sz]ation)|anyone|anybody|someone|somebody|you(?: all"
        "| guys)?) (?:please )?(?:help|lend|give me a hand)|can (?:anyone|somebody|someone) help"
        "|i (?:really )?need (?:some |your |the branch's )?help (?:with|to|finding|paying)).*",
        "request",
    ),
    (
        "assign_liaison",
        f"{MAY}(?:make|appoint|set|assign) ?(?P<liaison>{WHO}) ?(?:as )?(?:to be )?(?:the |a )?liaison (?:for"
        f"|of) ?(?P<members>{WHO}(?:(?:,| and|、| &) ?{WHO}){{0,5}})",
        "liaison",
    ),
    (
        "assign_liaison",
        f"{MAY}(?:assign|give|hand|move) (?P<members>{WHO}(?:(?:,| and|、| &) ?{WHO}){{0,5}}) (?:over )?to (?P<liaison>{WHO})",
        "liaison",
    ),
    (
        "assign_liaison",
        f"{MAY}(?:let|have) (?P<liaison>{WHO}) (?:look after|take care of|contact"
        f"|be in charge of) (?P<members>{WHO}(?:(?:,| and|、| &) ?{WHO}){{0,5}})",
        "liaison",
    ),
    (
        "consent",
        "(?:i'm|i am|it's|it is) (?:ok|okay|fine|happy|all right|alright)(?: with me)? (?:with|for|if) (?:you"
        "|the branch) ?(?:to )?(?:keep|keeping|stor|sav|record|not)[a-z]* (?:my|where i)[a-z ']{0,24}(?:location|place|city"
        "|am|live)",
        "location",
    ),
    (
        "consent",
        "(?:you (?:can|may)|feel free to|go ahead and) (?:keep|store|record|save|note) (?:my (?:location|place|city)|where i (?:am|live))",
        "location",
    ),
    (
        "data_export",
        "(?:please )?(?:send|give|show|email|tell) me (?:everything|all|whatever|what)(?: data"
        "| information)? (?:that )?(?:you|the branch) (?:have|has|keep|keeps|store|know|hold|got)s? (?:on|about|of) me",
        "nothing",
    ),
    (
        "develop_status",
        r".{0,40}\b(?:probationary|on probation|not a full member)\b.{0,30}\b(?:vote|allowed|entitled|eligible|rights?)\b.*"
        r"|(?:can|may|do|are) (?:a )?probationary members? .{0,24}\b(?:vote|rights?|allowed)\b.*",
        "rights",
    ),
    (
        "dues_summary",
        "who(?:'s| is| has|'ve| have)?(?: all)? (?:not paid|n't paid|hasn't paid|haven't paid|still owes?|owes?"
        "|unpaid)(?: (?:yet|up|anything|their dues|dues|this month))*",
        "unpaid",
    ),
    (
        "event_create",
        r"(?:please )?(?:move|shift|reschedule|postpone|change) .{2,20} (?:from .{3,24} )?(?:to|until) .{3,24}",
        "moved",
    ),
    (
        "find_member",
        f"i (?:know|found|met|reached|am in touch with|'m in touch with)(?: where)? (?P<name>{WHO}|(?!where|how|what|that"
        "|who|why|it|you|about)[a-z]{2,12} [a-z]{2,12})(?: is)?,? (?:and )?(?:he|she|they)(?:'s| is| are| works"
        r"| lives)\b.*",
        "known",
    ),
    (
        "help",
        "(?:i (?:don't|do not) know how (?:to use (?:this|you|it)|this works)|how (?:do|can) i use (?:you|this(?: thing"
        "| bot)?)|show me (?:the menu|what you can do)|what (?:is|are) (?:this|you) for)",
        "nothing",
    ),
    (
        "job_seek",
        "(?:i'm |i am )?(?:looking for|searching for|seeking|i need|i want|any|are there any|is there a) (?:an? "
        r"|some )?[a-z -]{0,20}?(?:job|work|position|jobs|vacanc(?:y|ies))\b.*",
        "work",
    ),
    (
        "leave_request",
        r".{0,20}\b(?:ask for|take|request|apply for|have|need) (?:a )?(?:leave|time off|day off)\b.*|.{0,12}(?:excuse me"
        "|excused) from .*|(?:sorry,? )?i (?:can't|cannot|won't be able to|am unable to) (?:make|attend|come to"
        "|join) .{2,40}",
        "leave",
    ),
    (
        "location_query",
        rf"where(?: is|'s)(?: comrade)? (?P<name>{WHO})(?: now| at| these days| currently| living| working| right)*",
        "whom",
    ),
    (
        "location_query",
        "(?:what|which) (?:location|place|city|address) (?:do|did|have) you (?:have|got|keep|recorded?|store"
        "|put)(?: down)? (?:for|on|of|about) me|where (?:do you (?:have|think)|does it say) (?:that )?i(?:'m| am)?"
        "|which city am i (?:recorded|registered) in",
        "myself",
    ),
    (
        "opinion_status",
        "(?:any|is there(?: any)?|what's the)? ?(?:update|news|reply|response|answer|feedback) (?:on|about"
        "|to) my (?:suggestion|opinion|complaint|feedback)",
        "nothing",
    ),
    (
        "opinion_submit",
        "(?:i have |here(?:'s| is) |my |a |one )*(?:suggestion|complaint|opinion|feedback) ?(?:for the branch|is)? ?[:,-] ?(?P<text>.+)",
        "text",
    ),
    (
        "opinion_submit",
        r"i(?:'d| would| want)? (?:like )?(?:to )?(?:suggest|complain) (?:that |about )?(?P<text>.{8,})",
        "text",
    ),
    (
        "project_claim",
        "(?:i'll|i will|i want to|i'd like to|let me|i can|i) (?:take|do|claim|pick up|handle|go for"
        f"|take on)(?: on)? (?:the )?project {N}(?: please| then)?|(?:put me down for|sign me up for"
        f"|i claim) (?:the )?project {N.replace('number>', 'again>')}",
        "number",
    ),
    (
        "project_release",
        "(?:sorry,? )?i (?:can't|cannot|can not|won't|am unable to|don't want to|no longer want to) (?:do|finish|continue"
        rf"|take|manage|keep|go on with)(?: on)? (?:the )?project {N}\b.*",
        "number",
    ),
    (
        "project_done",
        "(?:i've |i have |i |we |we've )?(?:finished|completed|done with|wrapped up) (?:the |my |our )?(?:project"
        "|micro project|claimed project)(?: (?:that )?i (?:claimed|took(?: on)?|picked up))?(?: today| now| already)?"
        "|(?:the |my )?project (?:i (?:claimed|took(?: on)?) )?is (?:finished|done|completed)",
        "nothing",
    ),
    (
        "proposal_create",
        "(?:i have |i'd like to make |here(?:'s| is) |i make |my )?(?:a )?proposal ?(?:is)? ?[:,-] ?(?P<text>.+)"
        "|i propose (?:that |to )?(?P<text2>.{6,})",
        "text",
    ),
    (
        "proxy_entry",
        f"(?:offline|proxy|manual)? ?(?:entry|record)(?: for)?[:, ]+(?P<name>{WHO}),? (?:phoned|called|rang|told|texted"
        r"|says|said|wrote)\b.*",
        "entry",
    ),
    (
        "quiz_answer",
        "(?:i (?:pick|choose|go with|say|guess|think(?: it'?s| it is)?)|my answer(?: is)?|(?:the )?answer(?: is)?"
        "|i'll (?:go with|take|pick)|it's)[: ]+(?P<letter>[a-d])(?: please| i think)?|(?P<letter2>[a-d]) it is",
        "letter",
    ),
    (
        "reflection_submit",
        "(?:my |a |here(?:'s| is) my )?(?:reflections?|thoughts?|takeaways?)(?: (?:on|about|from|after) (?:the |this "
        "|today's )?(?:lesson|class|course|lecture|reading|video))?(?: is)? ?[:-] ?(?P<text>.+)",
        "text",
    ),
    (
        "service_query",
        r".{0,30}(?:start-?up|entrepreneurship|business|self-?employment) (?:subsid(?:y|ies)|grants?|allowances?|support).*",
        "allowance",
    ),
    (
        "talk_request",
        ".{0,16}(?:have|like) (?:to have )?a (?:talk|chat|word) with (?:the |our |my )?(?:branch |party )?(?P<who>secretary"
        r"|liaison)\b.*|(?:can|could|may) i (?:talk|speak|chat) (?:to|with) (?:the |our |my )?(?P<who2>secretary"
        r"|liaison)\b.*",
        "partner",
    ),
    (
        "thought_report",
        "(?:i (?:want|would like|need|am ready) to |i'd like to |let me )?(?:hand in|submit|turn in|send(?: in)?"
        "|give in) (?:my|a|the) (?:(?:quarterly|monthly|yearly) )?(?:thought|ideological) report(?: now| please)?",
        "later",
    ),
    (
        "unauthorized",
        "(?:please )?(?:give|send|show|tell|list|export) (?:me )?(?:the |a list of )?(?:locations?|places|whereabouts"
        r"|positions|addresses) of (?:all|every|each)\b.*|(?:please )?(?:tell|show) me where (?:all|every)(?:one|body"
        r"| members| the members)\b.*",
        "everybody",
    ),
    (
        "vote_create",
        r"(?:please )?(?:start|open|create|launch|call) a (?:vote|ballot|poll)(?: on| about)?[: ]+(?P<text>.+)",
        "subject",
    ),
)
