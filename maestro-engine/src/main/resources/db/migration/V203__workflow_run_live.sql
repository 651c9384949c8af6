-- What a new owner of a shard has to look at.
CREATE INDEX workflow_run_live ON workflow_run (shard, due_at)
  WHERE status IN ('CREATED', 'IN_PROGRESS', 'PAUSED')
