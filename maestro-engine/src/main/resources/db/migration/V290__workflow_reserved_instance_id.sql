-- The highest instance number that was taken before its start was accepted.
ALTER TABLE workflow ADD COLUMN reserved_instance_id BIGINT
