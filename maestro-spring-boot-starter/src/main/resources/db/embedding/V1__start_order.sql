-- Starts that a transaction of the surrounding program has asked for. A row goes when its instance is there.
CREATE TABLE start_order (
  workflow_id text NOT NULL,
  request_id text NOT NULL,
  params text NOT NULL, -- JSON as the API takes it
  create_time bigint NOT NULL,
  problem text, -- why it can't be followed; then it is kept
  PRIMARY KEY (workflow_id, request_id)
);
