-- One row per back-fill: `spec` is written once, `progress` changes. Its runs are found by their
-- uuids, which follow from its id and their values.
CREATE TABLE backfill (
  backfill_id TEXT NOT NULL PRIMARY KEY,
  workflow_id TEXT NOT NULL,
  internal_id INT8 NOT NULL,
  status      TEXT NOT NULL,
  live        BOOL NOT NULL,
  revision    INT8 NOT NULL,
  created_by  TEXT NOT NULL,
  create_time INT8 NOT NULL,
  modify_time INT8 NOT NULL,
  end_time    INT8,
  total       INT8 NOT NULL,
  spec        TEXT NOT NULL,
  progress    TEXT NOT NULL
)
