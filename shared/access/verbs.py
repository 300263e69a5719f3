"""What can be done in the product, and where a unit can stand: the words of the table of rights."""

from enum import StrEnum


class Action(StrEnum):
    """The product's verbs. `shared.access.rights` says who may, `shared.access.words` what they are called."""

    NOMINATE = "nominate"
    READ_DOSSIER = "read_dossier"
    WITHDRAW_NOMINATION = "withdraw_nomination"
    MATCH_NOMINEES = "match_nominees"
    ANSWER_SUGGESTION = "answer_suggestion"
    PASS_SUGGESTION = "pass_suggestion"  # noqa: S105 -- a verb, not a secret
    ASK_CONSENT = "ask_consent"
    ANSWER_WITHDRAWAL = "answer_withdrawal"
    READ_MOVEMENTS = "read_movements"
    LAUNCH_MOVEMENT = "launch_movement"
    READ_NURTURE = "read_nurture"
    NURTURE = "nurture"
    READ_CASE = "read_case"
    SCORE = "score"
    DECIDE = "decide"
    RETURN_CASE = "return_case"
    HOLD_CASE = "hold_case"
    PROPOSE_COMMENDATION = "propose_commendation"
    READ_PROPOSAL = "read_proposal"
    PUT_FORWARD = "put_forward"
    READ_DRAFT_STORY = "read_draft_story"
    EDIT_STORY = "edit_story"
    PUBLISH_STORY = "publish_story"
    READ_ACTIVITIES = "read_activities"
    RECORD_ACTIVITY = "record_activity"
    READ_LETTERS_SENT = "read_letters_sent"
    SEND_LETTER_AGAIN = "send_letter_again"
    READ_PLAN_STATE = "read_plan_state"
    READ_ROAD = "read_road"
    OPEN_EVENTS = "open_events"
    READ_PROGRESS = "read_progress"
    READ_REPORT = "read_report"
    SEND_REPORT = "send_report"
    READ_PEOPLE = "read_people"
    MANAGE_PEOPLE = "manage_people"
    RECORD_LEAVE = "record_leave"
    LEND_OFFICE = "lend_office"
    KEEP_CARDS = "keep_cards"
    MAKE_APPROVAL_LINK = "make_approval_link"
    CHANGE_UNITS = "change_units"
    READ_RECORD = "read_record"
    ANSWER_CITIZEN = "answer_citizen"
    ISSUE_TOKEN = "issue_token"  # noqa: S105 -- a verb, not a secret
    READ_RIGHTS = "read_rights"


class Relation(StrEnum):
    """Where a thing's unit stands, as seen from the asker's."""

    OWN = "own"  # the unit that the asker acts for
    CHILD = "child"  # below it, at any depth
    PARENT = "parent"  # above it, at any height
    SIBLING = "sibling"  # another of the same commune
    OTHER = "other"  # another commune's, or unknown
