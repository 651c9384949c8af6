-- One row per finished deletion: the id may be used again afterwards, the internal id never is.
CREATE TABLE workflow_deleted (
  internal_id        BIGINT NOT NULL,
  workflow_id        VARCHAR(512) NOT NULL,
  owner              VARCHAR(1024) NOT NULL,
  deleted_by         VARCHAR(1024) NOT NULL,
  latest_version_id  BIGINT NOT NULL,
  latest_instance_id BIGINT NOT NULL,
  create_time        BIGINT NOT NULL,
  delete_time        BIGINT NOT NULL,
  PRIMARY KEY (internal_id)
);
