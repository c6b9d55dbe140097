-- By the process that is about to give the notice.
ALTER TABLE notice ADD COLUMN claimed_at BIGINT;
