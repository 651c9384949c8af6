-- One row that is written to see whether the database has room again.
CREATE TABLE storage_probe (
  id     INT8 NOT NULL PRIMARY KEY,
  filler TEXT NOT NULL
)
