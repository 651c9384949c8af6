CREATE TABLE tag_permit (
  tag         TEXT NOT NULL PRIMARY KEY,
  max_allowed INT8 NOT NULL,
  extra       JSONB,
  timeline    JSONB NOT NULL
)
