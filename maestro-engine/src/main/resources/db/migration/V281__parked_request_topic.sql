-- Where a parked message is sent when it is replayed; null for the topic of requests.
ALTER TABLE parked_request ADD COLUMN topic TEXT
