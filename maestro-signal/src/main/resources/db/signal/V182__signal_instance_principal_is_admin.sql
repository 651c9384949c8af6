-- Whether that was an administrator.
ALTER TABLE signal_instance ADD COLUMN principal_is_admin BOOL NOT NULL DEFAULT false
