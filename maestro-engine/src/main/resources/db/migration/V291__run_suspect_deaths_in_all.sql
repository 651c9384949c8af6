-- `deaths` begins anew when work on the run is kept; this one never does.
ALTER TABLE run_suspect ADD COLUMN deaths_in_all INT8 NOT NULL DEFAULT 0
