CREATE INDEX signal_queue_signal ON signal_queue (name, seq)
