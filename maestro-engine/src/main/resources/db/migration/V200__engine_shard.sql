-- One row per shard: who owns it, and how much of its command partition has taken effect.
CREATE TABLE engine_shard (
  shard           INT8 NOT NULL PRIMARY KEY,
  epoch           INT8 NOT NULL,
  owner           TEXT,
  consumed_offset INT8 NOT NULL
)
