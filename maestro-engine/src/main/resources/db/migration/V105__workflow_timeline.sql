-- What happened to a definition, numbered by the revision that it made.
CREATE TABLE workflow_timeline (
  workflow_id VARCHAR(512) NOT NULL,
  revision    BIGINT NOT NULL,
  create_time BIGINT NOT NULL,
  author      VARCHAR(1024) NOT NULL,
  message     TEXT NOT NULL,
  PRIMARY KEY (workflow_id, revision)
);
