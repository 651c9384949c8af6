-- The owner of the workflow; null until the engine has told.
ALTER TABLE signal_subscription ADD COLUMN owner TEXT
