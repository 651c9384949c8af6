-- The names that a trigger wants; signals up to from_seq were there before it.
CREATE TABLE signal_trigger_name (
  name       TEXT NOT NULL,
  trigger_id TEXT NOT NULL,
  from_seq   INT8 NOT NULL,
  PRIMARY KEY (name, trigger_id)
)
