-- Signals that match a trigger and wait for those of its other names.
CREATE TABLE signal_queue (
  trigger_id TEXT NOT NULL,
  join_key   TEXT NOT NULL,
  name       TEXT NOT NULL,
  seq        INT8 NOT NULL,
  PRIMARY KEY (trigger_id, join_key, name, seq)
)
