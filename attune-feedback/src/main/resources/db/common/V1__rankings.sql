-- Times are milliseconds since 1970 in UTC, lists and prompts are JSON. Rows of ranking, note and event are never changed.

CREATE TABLE labeler (
  id      VARCHAR(32) PRIMARY KEY,
  name    VARCHAR(200) NOT NULL UNIQUE,
  role    VARCHAR(16) NOT NULL CHECK (role IN ('admin', 'reviewer', 'labeler')),
  created BIGINT NOT NULL
);

CREATE TABLE project (
  id            VARCHAR(32) PRIMARY KEY,
  name          VARCHAR(200) NOT NULL UNIQUE,
  overlap       INTEGER NOT NULL CHECK (overlap BETWEEN 1 AND 100),
  lease_seconds INTEGER NOT NULL CHECK (lease_seconds > 0),
  created       BIGINT NOT NULL
);

CREATE TABLE criterion (
  project  VARCHAR(32) NOT NULL REFERENCES project (id),
  place    INTEGER NOT NULL,
  name     VARCHAR(100) NOT NULL,
  question TEXT NOT NULL,
  PRIMARY KEY (project, name)
);

CREATE TABLE guideline (
  project VARCHAR(32) NOT NULL REFERENCES project (id),
  version INTEGER NOT NULL,
  text    TEXT NOT NULL,
  author  VARCHAR(32) NOT NULL REFERENCES labeler (id),
  created BIGINT NOT NULL,
  PRIMARY KEY (project, version)
);

CREATE TABLE prompt (
  id      VARCHAR(32) PRIMARY KEY,
  project VARCHAR(32) NOT NULL REFERENCES project (id),
  content TEXT NOT NULL,
  created BIGINT NOT NULL
);

CREATE TABLE completion (
  id      VARCHAR(32) PRIMARY KEY,
  prompt  VARCHAR(32) NOT NULL REFERENCES prompt (id),
  text    TEXT NOT NULL,
  model   TEXT,
  created BIGINT NOT NULL
);

-- Tasks are handed out by number.
CREATE TABLE task (
  id      VARCHAR(32) PRIMARY KEY,
  project VARCHAR(32) NOT NULL REFERENCES project (id),
  prompt  VARCHAR(32) NOT NULL REFERENCES prompt (id),
  number  BIGINT NOT NULL,
  created BIGINT NOT NULL,
  UNIQUE (project, number)
);

CREATE TABLE task_completion (
  task       VARCHAR(32) NOT NULL REFERENCES task (id),
  place      INTEGER NOT NULL,
  completion VARCHAR(32) NOT NULL REFERENCES completion (id),
  PRIMARY KEY (task, place)
);

-- As many seats as the project's overlap; one labeler takes one of them at most.
CREATE TABLE seat (
  task         VARCHAR(32) NOT NULL REFERENCES task (id),
  number       INTEGER NOT NULL,
  state        VARCHAR(8) NOT NULL CHECK (state IN ('free', 'leased', 'done')),
  labeler      VARCHAR(32) REFERENCES labeler (id),
  leased_until BIGINT,
  PRIMARY KEY (task, number),
  UNIQUE (task, labeler)
);

CREATE INDEX seat_by_state ON seat (state, leased_until);

-- A labeler at a task: in which order the completions were shown, and what is not submitted yet.
CREATE TABLE visit (
  task    VARCHAR(32) NOT NULL REFERENCES task (id),
  labeler VARCHAR(32) NOT NULL REFERENCES labeler (id),
  state   VARCHAR(12) NOT NULL CHECK (state IN ('open', 'submitted', 'skipped')),
  shown   TEXT NOT NULL,
  draft   TEXT,
  opened  BIGINT NOT NULL,
  PRIMARY KEY (task, labeler)
);

-- One per criterion. A change of mind is another revision.
CREATE TABLE ranking (
  id         VARCHAR(32) PRIMARY KEY,
  task       VARCHAR(32) NOT NULL REFERENCES task (id),
  criterion  VARCHAR(100) NOT NULL,
  labeler    VARCHAR(32) NOT NULL REFERENCES labeler (id),
  revision   INTEGER NOT NULL,
  submission VARCHAR(64) NOT NULL,
  ranked     TEXT NOT NULL,
  unranked   TEXT NOT NULL,
  all_bad    INTEGER NOT NULL,
  shown      TEXT NOT NULL,
  guideline  INTEGER NOT NULL,
  seconds    DOUBLE PRECISION NOT NULL,
  created    BIGINT NOT NULL,
  UNIQUE (task, criterion, labeler, revision)
);

CREATE INDEX ranking_by_submission ON ranking (submission);

CREATE TABLE note (
  id      VARCHAR(32) PRIMARY KEY,
  task    VARCHAR(32) NOT NULL REFERENCES task (id),
  labeler VARCHAR(32) NOT NULL REFERENCES labeler (id),
  kind    VARCHAR(8) NOT NULL CHECK (kind IN ('skip', 'flag')),
  reason  TEXT NOT NULL,
  created BIGINT NOT NULL
);

CREATE TABLE event (
  id      VARCHAR(32) PRIMARY KEY,
  actor   VARCHAR(32) NOT NULL,
  kind    VARCHAR(40) NOT NULL,
  subject VARCHAR(64) NOT NULL,
  details TEXT NOT NULL,
  created BIGINT NOT NULL
);
