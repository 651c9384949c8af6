-- The time triggers of active versions. Times are epoch milliseconds.
-- next_tick_at: the oldest tick that has not been dealt with; null when there are no more.
-- next_fire_at: when it fires; null when there are no more, while paused and when it has a problem.
-- fired_from_at, fired_tick_at: the first and last tick of what was last requested.
-- answer, refusal: the newest answer of the engine, and the newest that was no start; JSON.
CREATE TABLE time_trigger (
  workflow_id     TEXT NOT NULL,
  trigger_no      INT8 NOT NULL,
  bucket          INT8 NOT NULL,
  internal_id     INT8 NOT NULL,
  version_id      INT8 NOT NULL,
  trigger_uuid    TEXT NOT NULL,
  definition      TEXT NOT NULL,
  problem         TEXT,
  delay_millis    INT8 NOT NULL,
  next_tick_at    INT8,
  next_fire_at    INT8,
  fired_from_at   INT8,
  fired_tick_at   INT8,
  fired_at        INT8,
  skipped_at      INT8,
  answer_tick_at  INT8,
  answer          TEXT,
  refusal_tick_at INT8,
  refusal         TEXT,
  PRIMARY KEY (workflow_id, trigger_no)
)
