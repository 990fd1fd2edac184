-- What each release told of answers, so that the next one can tell its own without the two giving more away together.
-- block_ids, cells: JSON; of these blocks' workers, by question, between which numbers lie those who answered and those
-- whose answer is adverse. Releases of before this table are not remembered.
CREATE TABLE desk.release_cell (
    release_id VARCHAR NOT NULL,
    place BIGINT NOT NULL,
    block_ids VARCHAR NOT NULL,
    cells VARCHAR NOT NULL,
    PRIMARY KEY (release_id, place)
);

-- Workers told apart only by what little is known may be several people: each of their reports is one.
ALTER TABLE desk.block_report ADD COLUMN alike BOOLEAN;
