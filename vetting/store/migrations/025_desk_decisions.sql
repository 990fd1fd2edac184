-- Decisions with the ground they rested on, and appeals. All appended and never edited.
-- ground: what workers and documents said by criterion at that moment, as JSON (schemas.decision.Ground). It is an
-- aggregate, so it stays when the reports behind it are purged.
CREATE TABLE desk.decision (
    decision_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    kind VARCHAR NOT NULL CHECK (
        kind IN ('certify', 'not_certify', 'decline', 'suspend', 'withdraw', 'reinstate')
    ),
    case_id VARCHAR NOT NULL,
    agency_id VARCHAR NOT NULL,
    decided_on DATE NOT NULL,
    deciding_body VARCHAR NOT NULL,
    from_state VARCHAR NOT NULL,
    to_state VARCHAR NOT NULL,
    first VARCHAR,
    decided_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    ground VARCHAR NOT NULL
);

-- What an agency appeals against, received in time; decide_by is its clock.
CREATE TABLE desk.appeal (
    appeal_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    decision_id VARCHAR NOT NULL UNIQUE,
    case_id VARCHAR NOT NULL,
    agency_id VARCHAR NOT NULL,
    received_on DATE NOT NULL,
    decide_by DATE NOT NULL,
    ground VARCHAR NOT NULL,
    actor VARCHAR NOT NULL
);

-- The first of the two reviewers says how it shall end; the newest of an appeal counts.
CREATE TABLE desk.appeal_proposal (
    appeal_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    outcome VARCHAR NOT NULL CHECK (outcome IN ('upheld', 'dismissed')),
    actor VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (appeal_id, recorded_at)
);

CREATE TABLE desk.appeal_end (
    appeal_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    decided_on DATE NOT NULL,
    outcome VARCHAR NOT NULL CHECK (outcome IN ('upheld', 'dismissed')),
    actor VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

-- The day from which what the clock did holds, however much later it was written down.
CREATE TABLE desk.clock_move (
    case_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    since DATE NOT NULL,
    PRIMARY KEY (case_id, recorded_at)
);
