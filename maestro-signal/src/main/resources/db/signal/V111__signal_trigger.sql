-- The triggers of active versions. The id follows from what the trigger says, the uuid from the version.
CREATE TABLE signal_trigger (
  trigger_id     TEXT NOT NULL PRIMARY KEY,
  workflow_id    TEXT NOT NULL,
  trigger_uuid   TEXT NOT NULL,
  owner          TEXT NOT NULL,
  definition     TEXT NOT NULL,
  subscribe_time INT8 NOT NULL
)
