-- Which installation this database belongs to: one row, written at the first start.
CREATE TABLE installation (
  id              INT8 NOT NULL PRIMARY KEY,
  installation_id TEXT NOT NULL,
  topic_prefix    TEXT NOT NULL
)
