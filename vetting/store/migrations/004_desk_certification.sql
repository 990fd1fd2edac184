-- Cases, assessments, findings, corrective actions, certificates. All appended; a case's state is its newest move.
-- interviews_required: by the scheme's rule at the opening; NULL while nobody knows how many workers are deployed.
CREATE TABLE desk.case (
    case_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    agency_id VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    standard VARCHAR NOT NULL,
    standard_hash VARCHAR NOT NULL,
    interviews_required BIGINT,
    actor VARCHAR NOT NULL
);

CREATE TABLE desk.case_move (
    case_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    from_state VARCHAR,
    to_state VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (case_id, recorded_at)
);

-- A reviewer's word on having, or not having, a tie with an agency. Not declared is not the same as none.
CREATE TABLE desk.tie (
    reviewer VARCHAR NOT NULL,
    agency_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    tied BOOLEAN NOT NULL,
    note VARCHAR NOT NULL,
    PRIMARY KEY (reviewer, agency_id, recorded_at)
);

CREATE TABLE desk.assessment (
    assessment_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    case_id VARCHAR,
    agency_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('document_review', 'on_site_review')),
    completed_on DATE NOT NULL,
    assessor VARCHAR NOT NULL,
    chosen_by VARCHAR NOT NULL,
    paid_by VARCHAR NOT NULL,
    actor VARCHAR NOT NULL
);

CREATE TABLE desk.assessed_criterion (
    assessment_id VARCHAR NOT NULL,
    crit_code VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    PRIMARY KEY (assessment_id, crit_code)
);

-- Workers interviewed for the case so far (the scheme's sample), appended as the count grows.
CREATE TABLE desk.interview_count (
    case_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    interviewed BIGINT NOT NULL,
    actor VARCHAR NOT NULL,
    PRIMARY KEY (case_id, recorded_at)
);

CREATE TABLE desk.finding (
    finding_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    case_id VARCHAR,
    agency_id VARCHAR NOT NULL,
    crit_code VARCHAR NOT NULL,
    grade VARCHAR NOT NULL CHECK (grade IN ('critical', 'major', 'minor', 'observation')),
    statement VARCHAR NOT NULL,
    actor VARCHAR NOT NULL
);

-- What happens to a finding afterwards. It is open until a row says 'closed'.
CREATE TABLE desk.corrective_action (
    finding_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    state VARCHAR NOT NULL CHECK (state IN ('agreed', 'done', 'rejected', 'closed')),
    due_on DATE,
    note VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    PRIMARY KEY (finding_id, recorded_at)
);

-- What one reviewer proposes and only a second may confirm. A proposal is open until it has an end; one about a case
-- also falls when the case moves.
CREATE TABLE desk.proposal (
    proposal_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('withdraw', 'reinstate', 'clear_gate')),
    agency_id VARCHAR NOT NULL,
    case_id VARCHAR,
    indicator VARCHAR,
    proposed_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

CREATE TABLE desk.proposal_end (
    proposal_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    outcome VARCHAR NOT NULL CHECK (outcome IN ('confirmed', 'dropped')),
    actor VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

-- Two reviewers declare a gate from reports answered: adverse reports received up to recorded_at no longer count
-- towards opening it.
CREATE TABLE desk.clearance (
    agency_id VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    proposed_by VARCHAR NOT NULL,
    confirmed_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (agency_id, indicator, recorded_at)
);

-- The certificate as issued. Whether it is valid today is the state of its case.
CREATE TABLE desk.certificate (
    number VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    case_id VARCHAR NOT NULL UNIQUE,
    agency_id VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    issued_on DATE NOT NULL,
    expires_on DATE NOT NULL,
    deciding_body VARCHAR NOT NULL,
    standard VARCHAR NOT NULL,
    standard_hash VARCHAR NOT NULL,
    recommended_by VARCHAR NOT NULL,
    decided_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);
