-- One row per run of an instance. `facts` is written once, `progress` changes.
CREATE TABLE workflow_run (
  workflow_id TEXT NOT NULL,
  instance_id INT8 NOT NULL,
  run_id      INT8 NOT NULL,
  uuid        TEXT NOT NULL,
  shard       INT8 NOT NULL,
  status      TEXT NOT NULL,
  admitted    BOOL NOT NULL,
  blocking    BOOL NOT NULL,
  version_id  INT8 NOT NULL,
  create_time INT8 NOT NULL,
  start_time  INT8,
  end_time    INT8,
  modify_time INT8 NOT NULL,
  due_at      INT8,
  facts       TEXT NOT NULL,
  progress    TEXT,
  PRIMARY KEY (workflow_id, instance_id, run_id)
)
