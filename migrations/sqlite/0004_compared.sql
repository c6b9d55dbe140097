-- Whether it was looked whether the question asks the same as another; it gets no card before.
ALTER TABLE unanswered ADD COLUMN compared BIGINT NOT NULL DEFAULT 0;
UPDATE unanswered SET compared = 1;

-- Questions to be compared are looked for all the time.
CREATE INDEX unanswered_to_compare ON unanswered (id) WHERE compared = 0;
