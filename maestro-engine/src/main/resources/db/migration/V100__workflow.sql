-- One row per workflow id. The start path bumps latest_instance_id, so the row stays narrow and
-- none of its indexes covers a column that a start changes. Every other change bumps revision: a
-- start that read the workflow from a cache is guarded by WHERE revision = ....
CREATE TABLE workflow (
  workflow_id        VARCHAR(512) NOT NULL,
  internal_id        BIGINT NOT NULL,
  revision           BIGINT NOT NULL,
  owner              VARCHAR(1024) NOT NULL,
  latest_version_id  BIGINT NOT NULL,
  active_version_id  BIGINT,
  latest_instance_id BIGINT NOT NULL,
  properties_time    BIGINT NOT NULL,
  activate_time      BIGINT,
  activated_by       VARCHAR(1024),
  pause_time         BIGINT,
  paused_by          VARCHAR(1024),
  deletion           VARCHAR(64),
  deleted_by         VARCHAR(1024),
  create_time        BIGINT NOT NULL,
  modify_time        BIGINT NOT NULL,
  PRIMARY KEY (workflow_id)
);
