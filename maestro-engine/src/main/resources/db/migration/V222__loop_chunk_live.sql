-- What a new owner of a shard has to look at.
CREATE INDEX loop_chunk_live ON loop_chunk (shard) WHERE live
