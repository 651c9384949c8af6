-- The tags of the latest version and of the properties, for finding workflows by them.
CREATE TABLE workflow_tag (
  tag         VARCHAR(1024) NOT NULL,
  workflow_id VARCHAR(512) NOT NULL,
  PRIMARY KEY (tag, workflow_id)
);
