-- Rows that wait for their partner, left out by it with a reason; the newest row of a line decides, so that a line left
-- out by mistake is taken up again by another.
CREATE TABLE desk.quarantine_dismissal (
    batch_id VARCHAR NOT NULL,
    line BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    dismissed BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (batch_id, line, recorded_at)
);
