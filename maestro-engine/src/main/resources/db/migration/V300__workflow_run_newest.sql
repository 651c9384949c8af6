-- The newest runs over all workflows, of each status: what a person looks at. Not those of
-- iterations and handlers, which are by far the most.
CREATE INDEX workflow_run_newest ON workflow_run (status, create_time, workflow_id, instance_id, run_id)
  WHERE workflow_id NOT LIKE 'maestro\_%'
