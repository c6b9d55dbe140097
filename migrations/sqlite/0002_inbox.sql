-- What was written into the knowledge when a question was settled, to take it back.
ALTER TABLE unanswered ADD COLUMN written TEXT;

-- Questions whose card is not there yet or shows something older are looked for all the time.
CREATE INDEX unanswered_to_draw ON unanswered (server) WHERE drawn < revision;

-- By the process that is about to give the notice.
ALTER TABLE notice ADD COLUMN claimed_at BIGINT;
