-- What the newest news of a workflow said. A workflow without triggers keeps its row, so that older
-- news that comes later is recognised.
CREATE TABLE time_subscription (
  workflow_id TEXT NOT NULL PRIMARY KEY,
  internal_id INT8 NOT NULL,
  revision    INT8 NOT NULL,
  version_id  INT8,
  owner       TEXT NOT NULL,
  paused      BOOLEAN NOT NULL,
  paused_by   TEXT
)
