CREATE INDEX signal_trigger_name_trigger ON signal_trigger_name (trigger_id)
