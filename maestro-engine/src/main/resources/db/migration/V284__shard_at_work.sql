-- A shard's owner that has not let go of it: found at a take-over, it ended without a word.
CREATE TABLE shard_at_work (
  shard INT8 NOT NULL PRIMARY KEY,
  epoch INT8 NOT NULL
)
