-- One row per pass of a foreach or while step. `facts` is written once and may be large, `progress`
-- changes and is small.
CREATE TABLE step_loop (
  workflow_id TEXT NOT NULL,
  loop_run    INT8 NOT NULL,
  facts       TEXT NOT NULL,
  progress    TEXT,
  PRIMARY KEY (workflow_id, loop_run)
)
