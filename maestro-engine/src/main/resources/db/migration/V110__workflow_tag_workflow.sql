CREATE INDEX workflow_tag_workflow ON workflow_tag (workflow_id);
