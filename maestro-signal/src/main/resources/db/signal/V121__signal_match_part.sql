-- The signals of a match.
CREATE TABLE signal_match_part (
  name     TEXT NOT NULL,
  seq      INT8 NOT NULL,
  match_id TEXT NOT NULL,
  PRIMARY KEY (name, seq, match_id)
)
