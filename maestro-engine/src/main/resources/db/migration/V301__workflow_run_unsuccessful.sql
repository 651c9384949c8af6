-- What did not succeed of one workflow: few of many, and looked for among them.
CREATE INDEX workflow_run_unsuccessful ON workflow_run (workflow_id, status, instance_id)
  WHERE status IN ('FAILED', 'TIMED_OUT', 'STOPPED') AND workflow_id NOT LIKE 'maestro\_%'
