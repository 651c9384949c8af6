-- Which workflows announce signals of a name, and which were started or let go on by them.
CREATE TABLE signal_flow (
  workflow_id TEXT NOT NULL,
  kind        TEXT NOT NULL,
  name        TEXT NOT NULL,
  PRIMARY KEY (workflow_id, kind, name)
)
