CREATE INDEX signal_gate_opened ON signal_gate (name, opened_seq) WHERE opened_seq IS NOT NULL
