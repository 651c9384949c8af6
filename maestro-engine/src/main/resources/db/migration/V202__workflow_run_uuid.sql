CREATE UNIQUE INDEX workflow_run_uuid ON workflow_run (workflow_id, uuid)
