-- Answers that a labeler made better: completions of that submission's rankings, behind those of the task.
CREATE TABLE edited_answer (
  labeler    VARCHAR(32) NOT NULL REFERENCES labeler (id),
  submission VARCHAR(64) NOT NULL,
  place      INTEGER NOT NULL,
  task       VARCHAR(32) NOT NULL REFERENCES task (id),
  original   INTEGER NOT NULL,
  text       TEXT NOT NULL,
  created    BIGINT NOT NULL,
  PRIMARY KEY (labeler, submission, place)
);

CREATE INDEX edited_answer_by_task ON edited_answer (task);
