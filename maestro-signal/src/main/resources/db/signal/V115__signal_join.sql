-- The guard of the queues of one trigger and one value of its join keys.
CREATE TABLE signal_join (
  trigger_id TEXT NOT NULL,
  join_key   TEXT NOT NULL,
  revision   INT8 NOT NULL,
  PRIMARY KEY (trigger_id, join_key)
)
