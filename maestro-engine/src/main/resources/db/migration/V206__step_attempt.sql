-- One row per try of a step in a run.
CREATE TABLE step_attempt (
  workflow_id TEXT NOT NULL,
  instance_id INT8 NOT NULL,
  run_id      INT8 NOT NULL,
  step_id     TEXT NOT NULL,
  attempt_id  INT8 NOT NULL,
  shard       INT8 NOT NULL,
  seq         INT8 NOT NULL,
  status      TEXT NOT NULL,
  create_time INT8 NOT NULL,
  end_time    INT8,
  due_at      INT8,
  facts       TEXT NOT NULL,
  PRIMARY KEY (workflow_id, instance_id, run_id, step_id, attempt_id)
)
