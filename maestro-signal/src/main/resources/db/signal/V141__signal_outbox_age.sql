CREATE INDEX signal_outbox_age ON signal_outbox (create_time)
