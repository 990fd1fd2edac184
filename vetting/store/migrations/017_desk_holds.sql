-- On hold because of reports. All appended; the newest row of a key counts.
-- What the clock saw: a gate that reports hold open, and its end. `recorded_at` of an opening is when it was first seen.
CREATE TABLE desk.gate_seen (
    agency_id VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    is_open BOOLEAN NOT NULL,
    PRIMARY KEY (agency_id, indicator, recorded_at)
);

-- A reviewer's word that an open gate stands, and the notice that tells the agency its subject.
CREATE TABLE desk.gate_confirmation (
    agency_id VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    notice VARCHAR NOT NULL,
    reply_by DATE NOT NULL,
    PRIMARY KEY (agency_id, indicator, recorded_at)
);

-- What holds from a weekly hour on. It is written before that hour comes (effective_at > recorded_at), so that an answer
-- about any moment never changes afterwards.
CREATE TABLE desk.hold (
    agency_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    effective_at TIMESTAMP NOT NULL,
    on_hold BOOLEAN NOT NULL,
    PRIMARY KEY (agency_id, recorded_at)
);

-- What the agency replied to a notice.
CREATE TABLE desk.agency_reply (
    agency_id VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    reply VARCHAR NOT NULL,
    PRIMARY KEY (agency_id, indicator, recorded_at)
);
