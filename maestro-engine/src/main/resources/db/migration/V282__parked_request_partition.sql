-- The partition that it belongs into; null if its key says.
ALTER TABLE parked_request ADD COLUMN topic_partition INT8
