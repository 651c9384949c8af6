-- Attempts that hold or await permits, or stand at a breakpoint.
CREATE INDEX step_attempt_held ON step_attempt (workflow_id, step_id)
  WHERE status IN ('PAUSED', 'WAITING_FOR_PERMITS', 'STARTING', 'RUNNING')
