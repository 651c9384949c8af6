-- Up to 250 iterations of one pass of a foreach step that live on one shard.
CREATE TABLE loop_chunk (
  workflow_id TEXT NOT NULL,
  loop_run    INT8 NOT NULL,
  chunk       INT8 NOT NULL,
  shard       INT8 NOT NULL,
  live        BOOL NOT NULL,
  facts       TEXT NOT NULL,
  PRIMARY KEY (workflow_id, loop_run, chunk)
)
