-- Triggers are spread over buckets. A bucket belongs to one scheduler until its lease ends; whoever
-- takes it over raises the epoch. changes: grows when triggers of the bucket were added or changed.
CREATE TABLE scheduler_bucket (
  bucket       INT8 NOT NULL PRIMARY KEY,
  epoch        INT8 NOT NULL,
  owner        TEXT,
  leased_until TIMESTAMPTZ NOT NULL,
  changes      INT8 NOT NULL
)
