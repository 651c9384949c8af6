-- What could not be read or handled, until somebody decides.
CREATE TABLE signal_dead_letter (
  id          TEXT NOT NULL PRIMARY KEY,
  kind        TEXT NOT NULL,
  topic       TEXT NOT NULL,
  message_key TEXT NOT NULL,
  headers     TEXT NOT NULL,
  body        BYTEA NOT NULL,
  reason      TEXT NOT NULL,
  create_time INT8 NOT NULL
)
