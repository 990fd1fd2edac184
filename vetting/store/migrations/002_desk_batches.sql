-- A batch counts from the moment its row commits; that recorded_at is the knowledge time of its reports.
CREATE TABLE desk.batch (
    batch_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    partner VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    file_hash VARCHAR NOT NULL,
    method INTEGER NOT NULL,
    row_count BIGINT NOT NULL,
    accepted BIGINT NOT NULL,
    quarantined BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    warnings BIGINT NOT NULL,
    superseded BIGINT NOT NULL,
    duplicates BIGINT NOT NULL
);

CREATE TABLE desk.batch_agency (
    batch_id VARCHAR NOT NULL,
    agency_id VARCHAR NOT NULL,
    reports BIGINT NOT NULL,
    PRIMARY KEY (batch_id, agency_id)
);

CREATE TABLE desk.batch_withdrawal (
    batch_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

-- The problems of a committed batch, as its receipt shows them. Values are masked before they come here.
CREATE TABLE desk.problem (
    batch_id VARCHAR NOT NULL,
    position BIGINT NOT NULL,
    line BIGINT,
    column_name VARCHAR,
    letter VARCHAR,
    value VARCHAR,
    code VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    PRIMARY KEY (batch_id, position)
);

-- Keys that more than one stored report bears: only these have to be ranked when scores are measured.
-- kind 'report': (partner, key = report_id), a row for each agency that a version of it is about.
-- kind 'worker': (partner, agency_id, key = worker_ref).
CREATE TABLE desk.repeat (
    kind VARCHAR NOT NULL CHECK (kind IN ('report', 'worker')),
    partner VARCHAR NOT NULL,
    agency_id VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (kind, partner, agency_id, key)
);

-- The headline of each agency's live score, as lists show it: a cache that can be rebuilt at any time, hence no trail.
-- gates and rests_on are codes with '|' between, signals code:workers.
CREATE TABLE desk.score (
    agency_id VARCHAR PRIMARY KEY,
    as_of DATE NOT NULL,
    known_at TIMESTAMP NOT NULL,
    band VARCHAR NOT NULL,
    band_reason VARCHAR,
    low DOUBLE,
    mid DOUBLE,
    high DOUBLE,
    coverage DOUBLE NOT NULL,
    worker_coverage DOUBLE NOT NULL,
    workers BIGINT NOT NULL,
    partners BIGINT NOT NULL,
    gates VARCHAR NOT NULL,
    signals VARCHAR NOT NULL,
    rests_on VARCHAR NOT NULL,
    months_n BIGINT NOT NULL,
    months_median DOUBLE,
    months_p80 DOUBLE,
    months_mean DOUBLE,
    newest_interview DATE
);
