-- One row per partition of a topic that is read here: who owns it, and how much of it has taken effect.
CREATE TABLE signal_shard (
  topic           TEXT NOT NULL,
  shard           INT8 NOT NULL,
  epoch           INT8 NOT NULL,
  owner           TEXT NOT NULL,
  consumed_offset INT8 NOT NULL,
  PRIMARY KEY (topic, shard)
)
