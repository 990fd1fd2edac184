-- A kept headline names its queue items: adverse answers to gate indicators that open nothing (schemas.score.QueueItem).
ALTER TABLE desk.score RENAME COLUMN signals TO queue;
