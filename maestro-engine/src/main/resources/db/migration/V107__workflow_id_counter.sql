-- Numbers workflows from 10 000, under a row lock that only first pushes take.
CREATE TABLE workflow_id_counter (
  counter_id BIGINT NOT NULL,
  last_id    BIGINT NOT NULL,
  PRIMARY KEY (counter_id)
);
