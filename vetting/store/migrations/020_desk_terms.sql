-- Versions of the consent wording and of the data-sharing terms, appended and never edited. partner is '' for all of
-- them. The first version of each is not here: it comes with the program (schemas/terms).
CREATE TABLE desk.terms (
    terms_id VARCHAR PRIMARY KEY,
    kind VARCHAR NOT NULL CHECK (kind IN ('consent', 'sharing')),
    version INTEGER NOT NULL,
    partner VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    hash VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

CREATE TABLE desk.terms_acceptance (
    partner VARCHAR NOT NULL,
    terms_id VARCHAR NOT NULL,
    hash VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    PRIMARY KEY (partner, terms_id)
);

-- Under which wording and terms a batch was sent, and whether its partner had accepted both by then. Batches from
-- before have no row.
CREATE TABLE desk.batch_terms (
    batch_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    consent_id VARCHAR NOT NULL,
    consent_hash VARCHAR NOT NULL,
    sharing_id VARCHAR NOT NULL,
    sharing_hash VARCHAR NOT NULL,
    accepted BOOLEAN NOT NULL
);
