CREATE INDEX signal_match_instance ON signal_match (workflow_id, instance_id)
 WHERE instance_id IS NOT NULL
