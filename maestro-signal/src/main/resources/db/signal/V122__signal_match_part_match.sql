CREATE INDEX signal_match_part_match ON signal_match_part (match_id)
