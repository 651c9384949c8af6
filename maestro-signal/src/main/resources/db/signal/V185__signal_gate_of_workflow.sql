-- Whose step waits, if that is not the workflow of the run but one with a loop; null else.
ALTER TABLE signal_gate ADD COLUMN of_workflow TEXT
