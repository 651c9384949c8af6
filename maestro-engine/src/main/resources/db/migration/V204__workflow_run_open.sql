-- What a run strategy has to look at.
CREATE INDEX workflow_run_open ON workflow_run (workflow_id, admitted, instance_id)
  WHERE status IN ('CREATED', 'IN_PROGRESS', 'PAUSED')
