-- Rankings that were given elsewhere, and what their file said of them. Their rows in ranking have guideline 0, no order in
-- which the completions were shown, and no seconds: none of it is known of this project.
CREATE TABLE imported_ranking (
  ranking         VARCHAR(32) PRIMARY KEY REFERENCES ranking (id),
  project         VARCHAR(32) NOT NULL REFERENCES project (id),
  given_key       VARCHAR(64) NOT NULL,
  content         VARCHAR(64) NOT NULL,
  given_id        TEXT,
  given_guideline TEXT,
  given_time      TEXT,
  UNIQUE (project, given_key)
);
