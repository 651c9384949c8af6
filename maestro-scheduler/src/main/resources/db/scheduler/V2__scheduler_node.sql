-- The schedulers that share the buckets.
CREATE TABLE scheduler_node (
  node        TEXT NOT NULL PRIMARY KEY,
  alive_until TIMESTAMPTZ NOT NULL
)
