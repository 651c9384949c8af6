-- What nobody took, in the order of giving up.
CREATE INDEX notification_failed ON notification (end_time, message_id) WHERE status = 'FAILED'
