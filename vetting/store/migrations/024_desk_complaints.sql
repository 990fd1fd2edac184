-- Complaints about agencies. All appended; of a complaint's moves and showings the newest counts.
-- received_in: first day of the month of receipt. taken_by: the reviewer who wrote it down for somebody.
CREATE TABLE desk.complaint (
    complaint_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    agency_id VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    received_in DATE NOT NULL,
    reference VARCHAR NOT NULL UNIQUE,
    taken_by VARCHAR
);

-- What was written, and the hash of the code by which whoever wrote it asks what became of it. A purge deletes it.
CREATE TABLE desk.complaint_text (
    complaint_id VARCHAR PRIMARY KEY,
    text VARCHAR NOT NULL,
    happened_in DATE,
    origin VARCHAR,
    destination VARCHAR,
    reporter VARCHAR,
    secret_hash VARCHAR NOT NULL
);

CREATE TABLE desk.complaint_move (
    complaint_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    to_state VARCHAR NOT NULL,
    outcome VARCHAR,
    actor VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    answer VARCHAR,
    PRIMARY KEY (complaint_id, recorded_at)
);

-- Whether everybody may read that there is this complaint.
CREATE TABLE desk.complaint_showing (
    complaint_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    shown BOOLEAN NOT NULL,
    summary VARCHAR,
    actor VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (complaint_id, recorded_at)
);

CREATE TABLE desk.complaint_reply (
    complaint_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    reply VARCHAR NOT NULL,
    PRIMARY KEY (complaint_id, recorded_at)
);

-- How many were filed lately, no fact of the scheme: the clock hour, and a mark of the visit that changes every day and
-- leads to no person, address or complaint. Rows of earlier days are deleted with the next filing.
CREATE TABLE desk.complaint_rate (
    hour TIMESTAMP NOT NULL,
    mark VARCHAR NOT NULL
);

ALTER TABLE desk.purge ADD COLUMN complaints_until DATE;
