-- What came of the signals that a trigger consumed together.
CREATE TABLE signal_match (
  match_id     TEXT NOT NULL PRIMARY KEY,
  trigger_id   TEXT NOT NULL,
  workflow_id  TEXT NOT NULL,
  trigger_uuid TEXT NOT NULL,
  state        TEXT NOT NULL,
  request_id   TEXT,
  params       TEXT,
  instance_id  INT8,
  reason       TEXT,
  match_time   INT8 NOT NULL,
  answer_time  INT8
)
