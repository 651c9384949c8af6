CREATE INDEX signal_instance_source ON signal_instance (source_workflow_id, source_instance_id)
 WHERE source_workflow_id IS NOT NULL
