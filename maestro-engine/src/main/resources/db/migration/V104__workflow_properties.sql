-- Every state the properties of a workflow have been in; workflow.properties_time names the
-- current one.
CREATE TABLE workflow_properties (
  workflow_id VARCHAR(512) NOT NULL,
  create_time BIGINT NOT NULL,
  author      VARCHAR(1024) NOT NULL,
  properties  TEXT NOT NULL,
  PRIMARY KEY (workflow_id, create_time)
);
