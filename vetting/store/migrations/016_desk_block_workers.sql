-- What a block must keep so that its rest can come back safely: how many workers entered with it, and which block it is
-- the rest of. Blocks of before these columns were formed by a laxer rule: they leave with the next release for good.
ALTER TABLE desk.block ADD COLUMN workers BIGINT;
ALTER TABLE desk.block ADD COLUMN former VARCHAR;
