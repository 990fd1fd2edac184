-- What a block must keep so that its rest can come back safely, and nobody who was in one is taken for new, though the
-- rows be deleted: of each report its worker, as a keyed hash, and the entry of the register it named; and of a block
-- which one it is the rest of. Blocks of before these columns were formed by a laxer rule: they leave for good.
ALTER TABLE desk.block ADD COLUMN former VARCHAR;
ALTER TABLE desk.block_report ADD COLUMN worker VARCHAR;
ALTER TABLE desk.block_report ADD COLUMN entry VARCHAR;
