"""What may have been said last: it gives meaning to a bare word."""

NOTICE, EVENT, ROLL_CALL, CHATTER = "notice", "event", "roll_call", "chatter"
DUES_REMINDER, DUES_ASKED_PAID = "dues_reminder", "dues_asked_paid"
LESSON, QUIZ, QUIZ_TRUE_FALSE = "lesson", "quiz", "quiz_true_false"
CONFIRM_PLACE, CHOICES, PLACE_RECORDED = "confirm_place", "choices", "place_recorded"
BALLOT, BALLOT_VOTED, OPINION_DRAFT = "ballot", "ballot_voted", "opinion_draft"
AID_APPEAL, FUNDRAISING, PLEDGED, FIRST_CONTACT = "aid_appeal", "fundraising", "pledged", "first_contact"

EVERY = frozenset(
    {
        NOTICE, EVENT, ROLL_CALL, CHATTER, DUES_REMINDER, DUES_ASKED_PAID, LESSON, QUIZ, QUIZ_TRUE_FALSE, CONFIRM_PLACE, CHOICES,
        PLACE_RECORDED, BALLOT, BALLOT_VOTED, OPINION_DRAFT, AID_APPEAL, FUNDRAISING, PLEDGED, FIRST_CONTACT,
    }
)  # fmt: skip
