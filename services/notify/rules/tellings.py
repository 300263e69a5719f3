"""Who is told what of each event. The plan names the people; this table names the letters."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from shared.access.principal import Role


class Audience(StrEnum):
    """Circles that depend on the event or on the plan. A `Role` is a circle too: all who hold it."""

    NOMINATOR = "nominator"  # whoever handed this dossier in, or this table of them
    SUBJECT_UNIT = "subject_unit"  # the unit of whoever is nominated
    EVERY_LINE = "every_line"  # each line of the plan's list of recipients
    REPORTED_TO = "reported_to"  # its lines "to report" and "for information"
    TOLD_BY_PLAN = "told_by_plan"  # whom the clauses that the event fulfils name in `tells`
    STEPPING_IN = "stepping_in"  # who goes on with somebody's office, for some days or for good
    ANSWERING_UNIT = "answering_unit"  # the unit that a suggestion is for
    NURTURING_UNIT = "nurturing_unit"  # the unit whose candidate the event is about
    OWING_UNITS = "owing_units"  # the units that can still do something about a quota


class Mail(StrEnum):
    """Whether the letter goes by mail too. It is always in the inbox."""

    EACH = "each"
    DAILY = "daily"  # at most one a day while one lies unread
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Telling:
    """One letter to one circle. `link` is the page it leads to, filled in from the event's data.

    `reminds`: the letter is a reminder of what the plan expects from the reader's unit, and recorded as one.
    """

    to: Audience | Role
    letter: str
    link: str
    mail: Mail = Mail.EACH
    reminds: bool = False


ROAD = "/hanh-trinh/{nomination_id}"
CASES = "/xet-duyet"
CASE = "/xet-duyet/{case_id}"
FOUND_CASE = "/xet-duyet?q={code}"
DOSSIER = "/de-cu/{nomination_id}"
IMPORT = "/de-cu/nhap/{import_id}"
CONSENT = "/de-cu/{nomination_id}/dong-y"
WITHDRAWAL = "/de-cu/rut-dong-y/{withdrawal_id}"
ADDITION = "/de-cu/{nomination_id}/bo-sung"
SUGGESTION = "/de-cu/goi-y/{suggestion_id}"
TABLE = "/tong-hop"
REPORTS = "/bao-cao"
CANDIDATES = "/boi-duong"
CANDIDATE = "/boi-duong/{candidate_id}"
STORY = "/bien-tap/{story_id}"
PLAN = "/ke-hoach"
ENDED = "/ke-hoach?xa={plan}"

#: {event name: letters}, the first that reaches a person is the one that they get.
TELLINGS: Mapping[str, tuple[Telling, ...]] = MappingProxyType(
    {
        "plan.activated": (Telling(Audience.EVERY_LINE, "plan_activated", "/ke-hoach"),),
        "unit.renamed": (Telling(Role.CLERK, "unit_renamed", PLAN), Telling(Role.CHAIR, "unit_renamed", PLAN)),
        "unit.transferred": (
            Telling(Role.CLERK, "unit_transferred", PLAN),
            Telling(Role.CHAIR, "unit_transferred", PLAN),
            Telling(Role.AGGREGATOR_OFFICER, "unit_transferred", TABLE),
        ),
        # Whoever nominates reads of their dossiers; officers, of their commune. Each person once.
        "unit.dissolved": (
            Telling(Role.NOMINATOR, "commune_ended_nominator", "/de-cu"),
            Telling(Role.ORGANISATION, "commune_ended_nominator", "/de-cu"),
            Telling(Role.CLERK, "commune_ended", ENDED),
            Telling(Role.CHAIR, "commune_ended", ENDED),
            Telling(Role.COUNCIL_MEMBER, "commune_ended", ENDED),
            Telling(Role.EDITOR, "commune_ended", ENDED),
            Telling(Role.AGGREGATOR_OFFICER, "commune_ended", TABLE),
        ),
        "office.delegated": (Telling(Audience.STEPPING_IN, "office_delegated", "/doi-vai"),),
        "office.delegation_revoked": (Telling(Audience.STEPPING_IN, "office_delegation_revoked", "/doi-vai"),),
        "office.handed_over": (Telling(Audience.STEPPING_IN, "office_handed_over", "/doi-vai"),),
        "nomination.submitted": (
            Telling(Audience.NOMINATOR, "receipt", ROAD),
            Telling(Role.CLERK, "new_dossier", CASES, Mail.DAILY),
            Telling(Role.COUNCIL_MEMBER, "new_dossier", CASES, Mail.DAILY),
        ),
        "import.finished": (
            Telling(Audience.NOMINATOR, "import_receipt", IMPORT),
            Telling(Role.CLERK, "import_received", CASES, Mail.DAILY),
            Telling(Role.COUNCIL_MEMBER, "import_received", CASES, Mail.DAILY),
        ),
        "nomination.withdrawn": (Telling(Role.CLERK, "withdrawn", ROAD),),
        "consent.given": (Telling(Audience.NOMINATOR, "consent_given", CONSENT, Mail.NONE),),
        "consent.declined": (
            Telling(Audience.NOMINATOR, "consent_declined", CONSENT),
            Telling(Role.CLERK, "consent_declined", CONSENT),
        ),
        "consent.withdrawn": (
            Telling(Role.CLERK, "consent_withdrawn", WITHDRAWAL),
            Telling(Role.EDITOR, "consent_withdrawn_editor", ROAD),
            Telling(Audience.NOMINATOR, "consent_withdrawn_unit", CONSENT),
        ),
        "consent.stopped": (Telling(Role.CLERK, "consent_stopped", WITHDRAWAL),),
        "consent.stop_due": (Telling(Role.CLERK, "consent_stop_due", WITHDRAWAL),),
        "consent.stop_overdue": (
            Telling(Role.CLERK, "consent_stop_overdue", WITHDRAWAL),
            Telling(Role.CHAIR, "consent_stop_overdue", CONSENT),
        ),
        # The receipt went by mail a moment ago.
        "case.opened": (Telling(Audience.NOMINATOR, "case_opened", ROAD, Mail.NONE),),
        "case.recognised": (
            Telling(Audience.NOMINATOR, "recognised", ROAD),
            Telling(Audience.SUBJECT_UNIT, "recognised", ROAD),
            Telling(Audience.TOLD_BY_PLAN, "recognised_elsewhere", "/", Mail.NONE),
        ),
        "case.sent_to_nurture": (
            Telling(Audience.NOMINATOR, "nurture", CANDIDATES),
            Telling(Audience.SUBJECT_UNIT, "nurture", CANDIDATES),
        ),
        "case.declined": (
            Telling(Audience.NOMINATOR, "declined", ROAD),
            Telling(Audience.SUBJECT_UNIT, "declined", ROAD),
        ),
        "case.returned": (
            Telling(Audience.NOMINATOR, "case_returned", ADDITION),
            Telling(Audience.SUBJECT_UNIT, "case_returned", ADDITION),
        ),
        "supplement.due": (
            Telling(Audience.NOMINATOR, "supplement_due", ADDITION, reminds=True),
            Telling(Audience.SUBJECT_UNIT, "supplement_due", ADDITION, reminds=True),
        ),
        "supplement.overdue": (
            Telling(Role.CLERK, "supplement_overdue", CASE),
            Telling(Audience.NOMINATOR, "supplement_late", ADDITION, reminds=True),
            Telling(Audience.SUBJECT_UNIT, "supplement_late", ADDITION, reminds=True),
        ),
        "nomination.resubmitted": (
            Telling(Role.CLERK, "resubmitted", FOUND_CASE),
            Telling(Audience.NOMINATOR, "addition_received", DOSSIER),
        ),
        "case.resumed": (Telling(Audience.NOMINATOR, "case_resumed", DOSSIER),),
        # What is being looked into is nobody's news: officers read it on the case.
        "case.held": (
            Telling(Role.CHAIR, "case_held", CASE),
            Telling(Role.EDITOR, "case_held", ROAD),
            Telling(Audience.NOMINATOR, "dossier_rests", DOSSIER),
        ),
        "case.released": (
            Telling(Role.CHAIR, "case_released", CASE),
            Telling(Role.EDITOR, "case_released", ROAD),
            Telling(Audience.NOMINATOR, "dossier_goes_on", DOSSIER),
        ),
        "hold.expired": (Telling(Role.CLERK, "hold_expired", CASE), Telling(Role.CHAIR, "hold_expired", CASE)),
        # The nominator reads of it in the decision itself.
        "candidate.identified": (Telling(Role.CLERK, "candidate", CANDIDATE),),
        "candidate.chosen": (Telling(Role.CLERK, "candidate_chosen", CANDIDATE, Mail.DAILY),),
        "nurture.step_due": (Telling(Audience.NURTURING_UNIT, "step_due", CANDIDATE, reminds=True),),
        "nurture.step_overdue": (
            Telling(Audience.NURTURING_UNIT, "step_late", CANDIDATE, reminds=True),
            Telling(Role.CLERK, "step_overdue", CANDIDATE),
        ),
        "support.recorded": (Telling(Role.CLERK, "support_given", CANDIDATE, Mail.NONE),),
        "candidate.promoted": (
            Telling(Role.CLERK, "candidate_promoted", CANDIDATE),
            Telling(Role.CHAIR, "candidate_promoted", CANDIDATE),
        ),
        "nurture.stopped": (Telling(Role.CLERK, "nurture_stopped", CANDIDATE),),
        "suggestion.received": (
            Telling(Audience.ANSWERING_UNIT, "suggestion", SUGGESTION),
            Telling(Role.CLERK, "suggestion", SUGGESTION, Mail.DAILY),
        ),
        "suggestion.passed": (Telling(Audience.ANSWERING_UNIT, "suggestion", SUGGESTION),),
        "commendation.proposed": (Telling(Role.CHAIR, "commendation", CASE),),
        "role_model.put_forward": (
            Telling(Audience.TOLD_BY_PLAN, "put_forward", ROAD),
            Telling(Role.AGGREGATOR_OFFICER, "put_forward", ROAD),
        ),
        "role_model.escalated": (
            Telling(Audience.NOMINATOR, "escalated", DOSSIER),
            Telling(Audience.SUBJECT_UNIT, "escalated", DOSSIER),
            Telling(Role.CHAIR, "escalated", CASE),
        ),
        "role_model.tier_answered": (
            Telling(Audience.NOMINATOR, "tier_answered", DOSSIER),
            Telling(Audience.SUBJECT_UNIT, "tier_answered", DOSSIER),
            Telling(Role.CHAIR, "tier_answered", CASE),
        ),
        "story.drafted": (Telling(Role.EDITOR, "story_drafted", STORY, Mail.DAILY),),
        "story.publication_failed": (Telling(Role.EDITOR, "publication_failed", STORY),),
        "story.withdrawn": (
            Telling(Audience.NOMINATOR, "story_withdrawn", ROAD),
            Telling(Role.CLERK, "story_withdrawn", ROAD),
        ),
        # Said once per story, on its first channel: `story.published`, once per channel, tells nobody.
        "role_model.introduced": (
            Telling(Audience.NOMINATOR, "introduced", ROAD),
            Telling(Audience.SUBJECT_UNIT, "introduced", ROAD),
            Telling(Audience.REPORTED_TO, "introduced_report", "/", Mail.DAILY),
        ),
        "quota.at_risk": (
            Telling(Role.CLERK, "quota_at_risk", TABLE),
            Telling(Role.CHAIR, "quota_at_risk", TABLE),
            Telling(Audience.OWING_UNITS, "quota_reminder", "/de-cu", reminds=True),
        ),
        "quota.missed": (
            Telling(Role.CLERK, "quota_missed", TABLE),
            Telling(Role.CHAIR, "quota_missed", TABLE),
            Telling(Audience.OWING_UNITS, "quota_missed_reminder", "/de-cu", reminds=True),
        ),
        "report.due": (Telling(Role.CLERK, "report_due", REPORTS), Telling(Role.CHAIR, "report_due", REPORTS)),
        "report.overdue": (
            Telling(Role.CLERK, "report_overdue", REPORTS),
            Telling(Role.CHAIR, "report_overdue", REPORTS),
        ),
        "report.submitted": (
            Telling(Audience.TOLD_BY_PLAN, "report_submitted", TABLE),
            Telling(Role.AGGREGATOR_OFFICER, "report_submitted", TABLE),
            Telling(Role.CLERK, "report_submitted", TABLE),
            Telling(Role.CHAIR, "report_submitted", TABLE),
        ),
        "cadence.gap_detected": (
            Telling(Role.CLERK, "cadence_gap", "/bien-tap"),
            Telling(Role.EDITOR, "cadence_gap", "/bien-tap"),
        ),
    }
)


#: What the plan's clock says: an ended commune is not reminded any more.
CLOCK = frozenset(
    {
        "quota.at_risk",
        "quota.missed",
        "report.due",
        "report.overdue",
        "cadence.gap_detected",
        "nurture.step_due",
        "nurture.step_overdue",
        "supplement.due",
        "supplement.overdue",
        "hold.expired",
    }
)
#: What is said of each dossier of a table of nominations, and told of all of them at once: `import.finished`.
TOLD_AS_ONE = frozenset({"nomination.submitted", "case.opened"})
#: Those who put people forward.
NOMINATING = frozenset({Role.NOMINATOR, Role.ORGANISATION})


def letters() -> frozenset[str]:
    """Every letter that the table names."""
    return frozenset(telling.letter for tellings in TELLINGS.values() for telling in tellings)


#: The letters of which at most one a day is mailed.
DAILY_LETTERS = frozenset(
    telling.letter for tellings in TELLINGS.values() for telling in tellings if telling.mail is Mail.DAILY
)
