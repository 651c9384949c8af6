CREATE INDEX workflow_owner ON workflow (owner, workflow_id);
