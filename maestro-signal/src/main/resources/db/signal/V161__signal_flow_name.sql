CREATE INDEX signal_flow_name ON signal_flow (name, kind)
