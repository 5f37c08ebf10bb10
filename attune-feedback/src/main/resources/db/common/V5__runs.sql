-- Training that was asked for in the studio. started also names the claim: only whoever claimed a run, or found its process, ends it.
CREATE TABLE run (
  id            VARCHAR(32) PRIMARY KEY,
  project       VARCHAR(32) REFERENCES project (id),
  method        VARCHAR(16) NOT NULL,
  folder        TEXT NOT NULL UNIQUE,
  parent        VARCHAR(32) REFERENCES run (id),
  data_rows     BIGINT NOT NULL,
  data_sha256   VARCHAR(64) NOT NULL,
  state         VARCHAR(8) NOT NULL
    CHECK (state IN ('queued', 'running', 'stopping', 'stopped', 'finished', 'failed')),
  pid           BIGINT,
  process_start BIGINT,
  message       TEXT NOT NULL,
  author        VARCHAR(32) NOT NULL REFERENCES labeler (id),
  created       BIGINT NOT NULL,
  queued        BIGINT NOT NULL,
  started       BIGINT,
  ended         BIGINT
);

-- One row, which everybody who starts runs changes first: so they come one after the other.
CREATE TABLE run_turn (
  id    INTEGER PRIMARY KEY,
  taken BIGINT NOT NULL
);

INSERT INTO run_turn (id, taken) VALUES (1, 0);

-- New completions of a project's prompts by a policy that was trained, and by the model that it was trained from.
CREATE TABLE round (
  id           VARCHAR(32) PRIMARY KEY,
  project      VARCHAR(32) NOT NULL REFERENCES project (id),
  run          VARCHAR(32) NOT NULL REFERENCES run (id),
  wish         TEXT NOT NULL,
  state        VARCHAR(8) NOT NULL CHECK (state IN ('queued', 'running', 'finished', 'failed')),
  holder       VARCHAR(32),
  leased_until BIGINT,
  tasks        INTEGER NOT NULL,
  message      TEXT NOT NULL,
  author       VARCHAR(32) NOT NULL REFERENCES labeler (id),
  created      BIGINT NOT NULL,
  ended        BIGINT
);
