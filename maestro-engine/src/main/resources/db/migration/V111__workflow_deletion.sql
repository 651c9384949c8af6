CREATE INDEX workflow_deletion ON workflow (workflow_id) WHERE deletion IS NOT NULL;
