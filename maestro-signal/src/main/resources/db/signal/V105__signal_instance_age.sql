CREATE INDEX signal_instance_age ON signal_instance (create_time)
