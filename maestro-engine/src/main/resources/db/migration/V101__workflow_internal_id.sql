CREATE UNIQUE INDEX workflow_internal_id ON workflow (internal_id);
