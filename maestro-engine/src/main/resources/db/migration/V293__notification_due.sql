-- What waits to be sent, by whom it is sent to.
CREATE INDEX notification_due ON notification (channel, due_at) WHERE status = 'WAITING'
