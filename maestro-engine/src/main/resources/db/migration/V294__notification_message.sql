-- The id that receivers know a message by.
CREATE UNIQUE INDEX notification_message ON notification (message_id)
