CREATE INDEX signal_name_unmatched ON signal_name (name) WHERE matched_seq < last_seq
