-- Whose signals the workflow takes besides its owner's, as a JSON array; null: everybody's.
ALTER TABLE signal_subscription ADD COLUMN announcers TEXT
