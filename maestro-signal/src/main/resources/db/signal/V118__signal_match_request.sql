CREATE INDEX signal_match_request ON signal_match (workflow_id, request_id)
