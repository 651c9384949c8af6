-- When a message was written, in epoch milliseconds; 0 if whoever wrote it did not say.
ALTER TABLE outbox ADD COLUMN create_time INT8 NOT NULL DEFAULT 0
