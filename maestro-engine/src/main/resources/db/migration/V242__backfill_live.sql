-- Those that have something to do.
CREATE INDEX backfill_live ON backfill (backfill_id) WHERE live
