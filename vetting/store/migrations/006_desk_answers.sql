-- What the partner answered about a batch's file (schemas/answers.py), without the texts of mended cells.
CREATE TABLE desk.batch_answers (
    batch_id VARCHAR PRIMARY KEY,
    answers VARCHAR NOT NULL
);

-- Which of a partner's columns is which of ours, by the file's whole row of headers; the newest row is what is offered.
-- places: a JSON object from the place of a column to ours, "" where it is left out.
CREATE TABLE desk.column_mapping (
    partner VARCHAR NOT NULL,
    headers_hash VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    places VARCHAR NOT NULL,
    PRIMARY KEY (partner, headers_hash, recorded_at)
);
