-- The back-fills of a workflow; ids rise with time.
CREATE INDEX backfill_workflow ON backfill (workflow_id, backfill_id)
