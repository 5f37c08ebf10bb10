-- Known best orders: a task that has one is a test question, which everybody is asked and which is not exported.
CREATE TABLE test_question (
  task      VARCHAR(32) NOT NULL REFERENCES task (id),
  criterion VARCHAR(100) NOT NULL,
  ranked    TEXT NOT NULL,
  unranked  TEXT NOT NULL,
  all_bad   INTEGER NOT NULL,
  reviewer  VARCHAR(32) NOT NULL REFERENCES labeler (id),
  created   BIGINT NOT NULL,
  PRIMARY KEY (task, criterion)
);

-- A reviewer's order, which is exported in place of the labelers'. A change of mind is another revision; rows never change.
CREATE TABLE adjudication (
  id        VARCHAR(32) PRIMARY KEY,
  task      VARCHAR(32) NOT NULL REFERENCES task (id),
  criterion VARCHAR(100) NOT NULL,
  revision  INTEGER NOT NULL,
  ranked    TEXT NOT NULL,
  unranked  TEXT NOT NULL,
  all_bad   INTEGER NOT NULL,
  reviewer  VARCHAR(32) NOT NULL REFERENCES labeler (id),
  reason    TEXT NOT NULL,
  guideline INTEGER NOT NULL,
  created   BIGINT NOT NULL,
  UNIQUE (task, criterion, revision)
);

-- What was done about a flag. Rows never change.
CREATE TABLE settlement (
  note     VARCHAR(32) PRIMARY KEY REFERENCES note (id),
  reviewer VARCHAR(32) NOT NULL REFERENCES labeler (id),
  done     TEXT NOT NULL,
  created  BIGINT NOT NULL
);

CREATE INDEX note_by_task ON note (task);
