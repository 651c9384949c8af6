-- Messages written with the change that they tell of; deleted once they have taken effect.
-- shard: the target of a command, or null for events that are published.
CREATE TABLE outbox (
  id     TEXT NOT NULL PRIMARY KEY,
  source INT8 NOT NULL,
  shard  INT8,
  body   TEXT NOT NULL
)
