CREATE TABLE step_breakpoint (
  workflow_id TEXT NOT NULL,
  step_id     TEXT NOT NULL,
  author      TEXT NOT NULL,
  create_time INT8 NOT NULL,
  PRIMARY KEY (workflow_id, step_id)
)
