CREATE INDEX time_trigger_due ON time_trigger (bucket, next_fire_at) WHERE next_fire_at IS NOT NULL
