-- The signals themselves; never changed.
CREATE TABLE signal_instance (
  name               TEXT NOT NULL,
  seq                INT8 NOT NULL,
  instance_id        TEXT NOT NULL,
  params             TEXT NOT NULL,
  payload            TEXT,
  origin             TEXT NOT NULL,
  announced_by       TEXT NOT NULL,
  source_workflow_id TEXT,
  source_instance_id INT8,
  source_run_id      INT8,
  source_step_id     TEXT,
  source_attempt_id  INT8,
  request_time       INT8 NOT NULL,
  create_time        INT8 NOT NULL,
  PRIMARY KEY (name, seq)
)
