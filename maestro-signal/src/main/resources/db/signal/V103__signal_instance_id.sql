CREATE UNIQUE INDEX signal_instance_id ON signal_instance (name, instance_id)
