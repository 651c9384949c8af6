CREATE INDEX signal_trigger_workflow ON signal_trigger (workflow_id)
