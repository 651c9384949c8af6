CREATE INDEX signal_dead_letter_age ON signal_dead_letter (create_time, id)
