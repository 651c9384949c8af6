-- Immutable once written. The definition is text, not JSONB: the order of its parameters is the
-- order of their evaluation, and JSONB forgets it.
CREATE TABLE workflow_version (
  workflow_id VARCHAR(512) NOT NULL,
  version_id  BIGINT NOT NULL,
  name        VARCHAR(1024),
  author      VARCHAR(1024) NOT NULL,
  create_time BIGINT NOT NULL,
  definition  TEXT NOT NULL,
  git_info    TEXT,
  extra_info  TEXT NOT NULL,
  PRIMARY KEY (workflow_id, version_id)
);
