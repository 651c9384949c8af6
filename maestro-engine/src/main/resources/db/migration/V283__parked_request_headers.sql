-- Its headers as a JSON object; null for none.
ALTER TABLE parked_request ADD COLUMN headers TEXT
