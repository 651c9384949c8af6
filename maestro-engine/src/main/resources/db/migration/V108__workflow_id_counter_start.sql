INSERT INTO workflow_id_counter (counter_id, last_id) VALUES (1, 9999);
