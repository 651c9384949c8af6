CREATE INDEX signal_gate_waiting ON signal_gate (name, hook) WHERE opened_seq IS NULL
