-- The latest news of every workflow's triggers.
CREATE TABLE signal_subscription (
  workflow_id TEXT NOT NULL PRIMARY KEY,
  internal_id INT8 NOT NULL,
  revision    INT8 NOT NULL
)
