CREATE INDEX outbox_shard ON outbox (shard)
