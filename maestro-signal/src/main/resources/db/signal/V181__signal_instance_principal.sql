-- In whose name a signal was announced; null if nobody knows.
ALTER TABLE signal_instance ADD COLUMN principal TEXT
