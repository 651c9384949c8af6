-- Failed runs that hold back a STRICT_SEQUENTIAL workflow.
CREATE INDEX workflow_run_blocking ON workflow_run (workflow_id, instance_id) WHERE blocking
