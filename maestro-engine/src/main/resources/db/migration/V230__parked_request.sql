CREATE TABLE parked_request (
  id          TEXT        NOT NULL PRIMARY KEY,
  message_key TEXT        NOT NULL,
  body        BYTEA       NOT NULL,
  reason      TEXT        NOT NULL,
  create_time INT8        NOT NULL
)
