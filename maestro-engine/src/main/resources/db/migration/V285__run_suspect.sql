-- Runs, and chunks of loops, that a process was at work on when it ended, or may be ending by now.
-- `deaths` counts the processes that ended at work on nothing else of the kind.
CREATE TABLE run_suspect (
  shard       INT8 NOT NULL,
  workflow_id TEXT NOT NULL,
  instance_id INT8 NOT NULL,
  run_id      INT8 NOT NULL,
  alone       BOOL NOT NULL,
  deaths      INT8 NOT NULL,
  PRIMARY KEY (shard, workflow_id, instance_id, run_id)
)
