-- One row, made together with this table: what references of refused cells are hashed with (vetting.intake.passes).
CREATE TABLE desk.personal_key (
    key VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

-- False alarms an administrator lets through for one partner, and takes back: the newest row of a reference counts.
-- reference: the kind of alarm and a keyed hash of the cell's text; the text itself is never kept.
CREATE TABLE desk.personal_pass (
    partner VARCHAR NOT NULL,
    reference VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    passed BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (partner, reference, recorded_at)
);
