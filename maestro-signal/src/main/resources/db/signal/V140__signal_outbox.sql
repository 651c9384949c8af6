-- Messages written with what they tell of; deleted once the broker has them.
CREATE TABLE signal_outbox (
  id          TEXT NOT NULL PRIMARY KEY,
  topic       TEXT NOT NULL,
  message_key TEXT NOT NULL,
  body        TEXT NOT NULL,
  create_time INT8 NOT NULL
)
