-- What workflows are found by when somebody looks for a text: every three characters in a row of
-- their id, owner and name. A table, not an index of trigrams, so that a page reads what it needs
-- of it, in the order of ids, and no more.
CREATE TABLE workflow_part (
  part        VARCHAR(16) NOT NULL,
  workflow_id VARCHAR(512) NOT NULL,
  PRIMARY KEY (part, workflow_id)
);
