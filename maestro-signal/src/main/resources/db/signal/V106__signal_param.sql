-- The parameters of signals, in an encoding whose bytes have the order of the values.
CREATE TABLE signal_param (
  name  TEXT NOT NULL,
  param TEXT NOT NULL,
  value BYTEA NOT NULL,
  seq   INT8 NOT NULL,
  PRIMARY KEY (name, param, value, seq)
)
