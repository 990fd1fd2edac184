"""The closed vocabularies: one word per concept, everywhere."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may be in the house. `public` is everybody who has not signed in."""

    PUBLIC = "public"
    BUYER = "buyer"
    PARTNER = "partner"
    REVIEWER = "reviewer"
    ADMIN = "admin"


class PartnerKind(StrEnum):
    NGO = "ngo"
    UNION = "union"
    MRC = "mrc"
    GOVERNMENT = "government"
    AUDITOR = "auditor"
    EMPLOYER = "employer"
    AGENCY = "agency"


class LicenceStatus(StrEnum):
    VALID = "valid"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


class Channel(StrEnum):
    IN_PERSON = "in_person"
    PHONE = "phone"
    APP = "app"
    HOTLINE = "hotline"
    AUDIT_INTERVIEW = "audit_interview"
    POST_ARRIVAL_SURVEY = "post_arrival_survey"
    RETURN_SURVEY = "return_survey"


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNDISCLOSED = "undisclosed"


class Responsible(StrEnum):
    AGENCY = "agency"
    EMPLOYER = "employer"
    SUB_AGENT = "sub_agent"
    OTHER = "other"
    UNKNOWN = "unknown"


class PayeeType(StrEnum):
    AGENCY = "agency"
    SUB_AGENT = "sub_agent"
    EMPLOYER = "employer"
    CLINIC = "clinic"
    TRAINING_CENTRE = "training_centre"
    GOVERNMENT = "government"
    RELATIVE = "relative"
    OTHER = "other"


class LoanSource(StrEnum):
    NONE = "none"
    BANK = "bank"
    MONEYLENDER = "moneylender"
    FAMILY = "family"
    AGENCY = "agency"
    EMPLOYER = "employer"
    MFI = "mfi"
    OTHER = "other"


class RatePeriod(StrEnum):
    MONTH = "month"
    YEAR = "year"


class WagePeriod(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class PassportHolder(StrEnum):
    SELF = "self"
    FREE_ACCESS = "free_access"
    EMPLOYER = "employer"
    AGENCY = "agency"
    OTHER = "other"


class Verification(StrEnum):
    SELF_REPORT = "self_report"
    RECEIPT_SEEN = "receipt_seen"
    TWO_SOURCES = "two_sources"
    INVESTIGATED = "investigated"


class Severity(StrEnum):
    """How much a problem stops: the file, the row, the row until a person decides, or nothing."""

    REFUSE_FILE = "refuse_file"
    REFUSE_ROW = "refuse_row"
    QUARANTINE = "quarantine"
    WARNING = "warning"


class Outcome(StrEnum):
    """What an indicator's share says. Not assessed is not a pass."""

    MET = "met"
    NOT_MET = "not_met"
    UNCLEAR = "unclear"
    NOT_ASSESSED = "not_assessed"


class RateKind(StrEnum):
    """What kind of exchange rate an amount was converted at. An annual average is an approximation and says so."""

    DAILY = "daily"
    MONTH_END = "month_end"
    QUARTER_END = "quarter_end"
    ANNUAL_APPROXIMATE = "annual_approximate"
    PEG = "peg"


class Band(StrEnum):
    """The headline. Nobody types it."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"
    ON_HOLD = "on_hold"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence"


class BandReason(StrEnum):
    """Why evidence is insufficient."""

    TOO_FEW_WORKERS = "too_few_workers"
    LOW_COVERAGE = "low_coverage"
    GATE_IN_DOUBT = "gate_in_doubt"
    RANGE_TOO_WIDE = "range_too_wide"


class Grade(StrEnum):
    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"
    OBSERVATION = "observation"


class CaseState(StrEnum):
    DRAFT = "draft"
    APPLIED = "applied"
    DEFERRED = "deferred"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    DOCUMENT_REVIEW = "document_review"
    ON_SITE_REVIEW = "on_site_review"
    CORRECTIVE_ACTION = "corrective_action"
    RECOMMENDED = "recommended"
    CERTIFIED = "certified"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class AssessmentKind(StrEnum):
    DOCUMENT_REVIEW = "document_review"
    ON_SITE_REVIEW = "on_site_review"


class ActionState(StrEnum):
    """What has become of a finding's corrective action. A finding is open until it is closed.

    Done is the agency's word; verified is a reviewer's, who has seen the evidence and accepts it.
    """

    AGREED = "agreed"
    DONE = "done"
    VERIFIED = "verified"
    REJECTED = "rejected"
    CLOSED = "closed"


class ProposalKind(StrEnum):
    """What one reviewer may propose and only a second may confirm. (Certifying is proposed by recommending.)"""

    WITHDRAW = "withdraw"
    REINSTATE = "reinstate"
    CLEAR_GATE = "clear_gate"


class DecisionKind(StrEnum):
    """What is decided about a case, and kept with the ground it rested on."""

    CERTIFY = "certify"
    NOT_CERTIFY = "not_certify"
    DECLINE = "decline"
    SUSPEND = "suspend"
    WITHDRAW = "withdraw"
    REINSTATE = "reinstate"


class AppealOutcome(StrEnum):
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class Via(StrEnum):
    """By which door an act came in."""

    PAGE = "page"
    CLI = "cli"
    CLOCK = "clock"


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


class Action(StrEnum):
    """What the trail can say happened. Closed: a new act adds its word here."""

    STORE_INIT = "store_init"
    SETTING_SET = "setting_set"
    AGENCIES_IMPORT = "agencies_import"
    ALIAS_RETRACT = "alias_retract"
    AGENCY_MERGE = "agency_merge"
    AGENCY_SPLIT = "agency_split"
    MEMBER_ADD = "member_add"
    MEMBER_SUSPEND = "member_suspend"
    PARTNER_ADD = "partner_add"
    BATCH_COMMIT = "batch_commit"
    BATCH_WITHDRAW = "batch_withdraw"
    REPORT_FORGET = "report_forget"
    PURGE = "purge"
    ROWS_LEAVE_OUT = "rows_leave_out"
    ROWS_TAKE_UP = "rows_take_up"
    ALARM_LIFT = "alarm_lift"
    ALARM_RESTORE = "alarm_restore"
    CASE_OPEN = "case_open"
    CASE_MOVE = "case_move"
    CAPACITY_STATE = "capacity_state"
    SELF_ASSESSMENT_RECORD = "self_assessment_record"
    TIE_DECLARE = "tie_declare"
    ASSESSMENT_RECORD = "assessment_record"
    SAMPLE_DRAW = "sample_draw"
    INTERVIEWS_COUNT = "interviews_count"
    FINDING_RECORD = "finding_record"
    CORRECTIVE_ACTION = "corrective_action"
    FINDINGS_IMPORT = "findings_import"
    EVIDENCE_ADD = "evidence_add"
    EVIDENCE_READ = "evidence_read"
    EVIDENCE_REMOVE = "evidence_remove"
    PROPOSE = "propose"
    PROPOSAL_DROP = "proposal_drop"
    GATE_CLEAR = "gate_clear"
    GATE_SEE = "gate_see"
    GATE_CONFIRM = "gate_confirm"
    AGENCY_REPLY = "agency_reply"
    CERTIFY = "certify"
    KEY_ROTATE = "key_rotate"
    KEY_COMPROMISE = "key_compromise"
    CERTIFICATES_SIGN = "certificates_sign"
    ATTEMPT_REFUSED = "attempt_refused"
    APPEAL_RECORD = "appeal_record"
    APPEAL_PROPOSE = "appeal_propose"
    APPEAL_DECIDE = "appeal_decide"
    RELEASE_PUBLISH = "release_publish"
    RATES_ADD = "rates_add"
    CAPS_ADD = "caps_add"
    REPORT_VIEW = "report_view"
    TERMS_PUBLISH = "terms_publish"
    TERMS_ACCEPT = "terms_accept"
    COMPLAINT_FILE = "complaint_file"
    COMPLAINT_VIEW = "complaint_view"
    COMPLAINT_MOVE = "complaint_move"
    COMPLAINT_SHOW = "complaint_show"
    COMPLAINT_REPLY = "complaint_reply"
    TRAIL_EXPORT = "trail_export"
    HEAD_PUBLISH = "head_publish"
