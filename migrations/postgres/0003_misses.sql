-- What was asked privately is not kept.
DELETE FROM miss WHERE private <> 0;
ALTER TABLE miss DROP COLUMN private;

-- Whether any of `closest` was rejected.
ALTER TABLE miss ADD COLUMN rejected BIGINT NOT NULL DEFAULT 0;
UPDATE miss SET rejected = 1 WHERE closest LIKE '%"rejected":true%';
