-- The runs that failed last, over all workflows: what a person looks at first.
CREATE INDEX workflow_run_failed ON workflow_run (end_time)
  WHERE status IN ('FAILED', 'TIMED_OUT') AND workflow_id NOT LIKE 'maestro\_%'
