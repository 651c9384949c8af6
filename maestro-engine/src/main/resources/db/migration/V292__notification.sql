-- One row per event of a run and receiver: the key makes each be told once. A row that is WAITING
-- is sent when it is due; claiming it moves that time on, so that nobody else sends it meanwhile.
CREATE TABLE notification (
  workflow_id TEXT NOT NULL,
  instance_id INT8 NOT NULL,
  run_id      INT8 NOT NULL,
  event       TEXT NOT NULL,
  receiver    TEXT NOT NULL,
  message_id  TEXT NOT NULL,
  channel     TEXT NOT NULL,
  status      TEXT NOT NULL,
  due_at      INT8 NOT NULL,
  attempts    INT8 NOT NULL,
  claim       TEXT,
  create_time INT8 NOT NULL,
  end_time    INT8,
  error       TEXT,
  PRIMARY KEY (workflow_id, instance_id, run_id, event, receiver)
)
