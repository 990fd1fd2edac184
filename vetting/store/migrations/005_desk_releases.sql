-- Releases: frozen figures, kept for ever. A block is a set of reports of one agency and corridor that enters and
-- leaves releases whole (design: disclosure); its members are named by the stored version, (batch_id, report_id).
CREATE TABLE desk.release (
    release_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    as_of DATE NOT NULL,
    known_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    standard VARCHAR NOT NULL,
    standard_hash VARCHAR NOT NULL,
    method INTEGER NOT NULL
);

CREATE TABLE desk.release_figure (
    release_id VARCHAR NOT NULL,
    agency_id VARCHAR NOT NULL,
    band VARCHAR NOT NULL,
    figure VARCHAR NOT NULL,
    PRIMARY KEY (release_id, agency_id)
);

CREATE TABLE desk.block (
    block_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    agency_id VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    destination VARCHAR NOT NULL
);

CREATE TABLE desk.block_report (
    block_id VARCHAR NOT NULL,
    batch_id VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    PRIMARY KEY (block_id, batch_id, report_id)
);

-- Which blocks a release stands on. A block that was in the last release and is not in this one has left for good.
CREATE TABLE desk.release_block (
    release_id VARCHAR NOT NULL,
    block_id VARCHAR NOT NULL,
    PRIMARY KEY (release_id, block_id)
);
