-- Two entries of the registers that turned out to be one agency. Rows are appended; of each agency_id the newest row
-- known at K counts: it went into into_id, or, where into_id is NULL, it was split off again and is its own.
CREATE TABLE desk.agency_merge (
    agency_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    into_id VARCHAR,
    actor VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (agency_id, recorded_at)
);
