-- One row per name of a signal: how many have been announced, and how many of them have been offered
-- to triggers and gates. Whoever changes anything about a name holds its row.
CREATE TABLE signal_name (
  name        TEXT NOT NULL PRIMARY KEY,
  last_seq    INT8 NOT NULL,
  matched_seq INT8 NOT NULL,
  last_time   INT8 NOT NULL
)
