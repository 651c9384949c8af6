CREATE INDEX step_attempt_due ON step_attempt (shard, due_at) WHERE due_at IS NOT NULL
