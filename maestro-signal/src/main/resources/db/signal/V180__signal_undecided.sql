-- Signals that a trigger consumed together and about which its expressions have yet to be asked.
CREATE TABLE signal_undecided (
  trigger_id    TEXT NOT NULL,
  seq           INT8 NOT NULL,
  match_id      TEXT NOT NULL,
  signals       TEXT NOT NULL,
  match_time    INT8 NOT NULL,
  begun         INT8 NOT NULL,
  claimed_until INT8 NOT NULL,
  PRIMARY KEY (trigger_id, seq, match_id)
)
