-- zone_rules: the rules of time zones that next_tick_at was reckoned with.
-- tick_offset: what those rules say of next_tick_at: seconds east of UTC.
-- moved_from_at, moved_to_at: the next tick before and after other rules last moved it.
ALTER TABLE time_trigger
  ADD COLUMN zone_rules TEXT,
  ADD COLUMN tick_offset INT8,
  ADD COLUMN moved_from_at INT8,
  ADD COLUMN moved_to_at INT8
