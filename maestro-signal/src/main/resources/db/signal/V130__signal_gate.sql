-- Step attempts that wait for a signal, or have found it. hook: one parameter that the signal must
-- have, with its value; empty if any signal of the name may do.
CREATE TABLE signal_gate (
  workflow_id TEXT NOT NULL,
  instance_id INT8 NOT NULL,
  run_id      INT8 NOT NULL,
  step_id     TEXT NOT NULL,
  attempt_id  INT8 NOT NULL,
  dependency  INT8 NOT NULL,
  name        TEXT NOT NULL,
  hook        BYTEA NOT NULL,
  conditions  TEXT NOT NULL,
  opened_seq  INT8,
  await_time  INT8 NOT NULL,
  open_time   INT8,
  PRIMARY KEY (workflow_id, instance_id, run_id, step_id, attempt_id, dependency)
)
