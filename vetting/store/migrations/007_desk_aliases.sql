-- Which agency is meant by a spelling, as a partner confirmed it while sending a file; and what was taken back.
-- folded: the spelling as names are compared. A retraction ends every earlier confirmation of its spelling for its
-- agency; it has a reason and no partner or batch. What a withdrawn batch confirmed does not count.
CREATE TABLE desk.agency_alias (
    folded VARCHAR NOT NULL,
    agency_id VARCHAR NOT NULL,
    partner VARCHAR NOT NULL DEFAULT '',
    recorded_at TIMESTAMP NOT NULL,
    spelling VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    batch_id VARCHAR,
    retracted BOOLEAN NOT NULL,
    reason VARCHAR,
    PRIMARY KEY (folded, agency_id, partner, recorded_at)
);
