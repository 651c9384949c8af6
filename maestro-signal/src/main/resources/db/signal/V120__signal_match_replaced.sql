CREATE INDEX signal_match_replaced ON signal_match (trigger_id) WHERE state = 'REPLACED'
