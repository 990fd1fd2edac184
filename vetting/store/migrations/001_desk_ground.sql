-- What people decide. Every fact a score reads is appended with its recorded_at and never updated in place;
-- the present is the newest row of a key. Works on a DuckDB file and on an attached PostgreSQL alike:
-- no RETURNING, foreign keys, sequences or stored views.

CREATE TABLE desk.setting (
    name VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (name, recorded_at)
);

-- One act, one row. UNIQUE (previous_hash) makes acts serial in every mode: two acts that began from the same
-- head cannot both commit.
CREATE TABLE desk.trail (
    seq BIGINT PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    via VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    before VARCHAR,
    after VARCHAR,
    reason VARCHAR,
    previous_hash VARCHAR NOT NULL UNIQUE,
    hash VARCHAR NOT NULL
);

-- Progress of long work. Not a fact of the scheme, so it is updated in place and leaves no trail.
CREATE TABLE desk.job (
    job_id VARCHAR PRIMARY KEY,
    kind VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    state VARCHAR NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'refused', 'failed')),
    done BIGINT NOT NULL,
    total BIGINT,
    message VARCHAR NOT NULL,
    result VARCHAR,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL
);

CREATE TABLE desk.agency (
    agency_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    register VARCHAR NOT NULL,
    licence VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    country VARCHAR NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('valid', 'suspended', 'cancelled', 'expired', 'unknown')),
    valid_from DATE,
    valid_until DATE,
    address VARCHAR,
    aliases VARCHAR NOT NULL DEFAULT '',
    deployed_12m BIGINT,
    PRIMARY KEY (agency_id, recorded_at)
);

CREATE TABLE desk.member (
    email VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    name VARCHAR NOT NULL,
    role VARCHAR NOT NULL CHECK (role IN ('buyer', 'partner', 'reviewer', 'admin')),
    organisation VARCHAR NOT NULL,
    state VARCHAR NOT NULL CHECK (state IN ('active', 'suspended')),
    PRIMARY KEY (email, recorded_at)
);

CREATE TABLE desk.partner (
    partner VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('ngo', 'union', 'mrc', 'government', 'auditor', 'employer', 'agency')),
    name VARCHAR NOT NULL,
    PRIMARY KEY (partner, recorded_at)
);
