-- What was deleted, and what is kept so that past answers stay explicable.
--   kind 'age'      what was received by uploads_until loses its texts, reports of interviews up to rows_until go
--   kind 'consent'  one report went because its worker's consent was withdrawn. report: a hash, keyed with
--                   desk.personal_key, of the partner and its report_id, by which the report is known if it is sent again
CREATE TABLE desk.purge (
    purge_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('age', 'consent')),
    uploads_until TIMESTAMP,
    rows_until DATE,
    partner VARCHAR,
    report VARCHAR
);

-- Progress, no fact of the scheme, hence no trail: the rows of this purge are gone from `evidence`. One without an end
-- was interrupted and is completed at the next start.
CREATE TABLE desk.purge_end (
    purge_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL
);

-- Which answers a purge takes the rows from: those about this entry of the registers whose window reaches into these
-- months of interviews, by what was known from known_from on and, where it is not NULL, before known_until.
CREATE TABLE desk.purge_reach (
    purge_id VARCHAR NOT NULL,
    agency_id VARCHAR NOT NULL,
    interviews_from DATE NOT NULL,
    interviews_to DATE NOT NULL,
    known_from TIMESTAMP NOT NULL,
    known_until TIMESTAMP
);

-- What was answered before rows behind it went: the whole making of a score (schemas.making.Making) as JSON. known_at
-- is the newest entry of the trail that was known: later moments before the next entry know the same.
CREATE TABLE desk.kept_answer (
    agency_id VARCHAR NOT NULL,
    as_of DATE NOT NULL,
    known_at TIMESTAMP NOT NULL,
    kept_at TIMESTAMP NOT NULL,
    making VARCHAR NOT NULL,
    PRIMARY KEY (agency_id, as_of, known_at)
);

-- The database's files were written anew: nothing of purges that ended before is left in them. No trail, as above.
CREATE TABLE desk.file_rewrite (
    recorded_at TIMESTAMP NOT NULL
);
