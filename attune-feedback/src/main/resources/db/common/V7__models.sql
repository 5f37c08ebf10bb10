-- Models that completions are drawn from and scored with. Only admins add them; everything else names them by id. A name is
-- never used again, because completions keep it.
CREATE TABLE endpoint (
  id           VARCHAR(32) PRIMARY KEY,
  name         VARCHAR(200) NOT NULL UNIQUE,
  kind         VARCHAR(12) NOT NULL CHECK (kind IN ('directory', 'reward', 'endpoint')),
  address      TEXT NOT NULL,
  model        TEXT,
  key_variable VARCHAR(100),
  author       VARCHAR(32) NOT NULL REFERENCES labeler (id),
  created      BIGINT NOT NULL,
  retired      BIGINT
);

-- How a completion was drawn, as JSON; what is known of it.
ALTER TABLE completion ADD COLUMN sampling TEXT;

-- Tasks are handed out by priority, the highest first, and then by number.
ALTER TABLE task ADD COLUMN priority DOUBLE PRECISION NOT NULL DEFAULT 0;

-- Prompts for which completions are drawn: all at once, or where 'lead' is set that many tasks ahead of the labelers.
CREATE TABLE drawing (
  id             VARCHAR(32) PRIMARY KEY,
  project        VARCHAR(32) NOT NULL REFERENCES project (id),
  state          VARCHAR(8) NOT NULL CHECK (state IN ('running', 'stopped', 'failed', 'done')),
  completions    INTEGER NOT NULL CHECK (completions BETWEEN 2 AND 10),
  candidates     INTEGER NOT NULL CHECK (candidates BETWEEN 2 AND 20),
  reward         VARCHAR(32) REFERENCES endpoint (id),
  temperature    DOUBLE PRECISION NOT NULL,
  max_new_tokens INTEGER NOT NULL,
  seed           BIGINT NOT NULL,
  lead           INTEGER,
  message        TEXT NOT NULL,
  author         VARCHAR(32) NOT NULL REFERENCES labeler (id),
  created        BIGINT NOT NULL
);

CREATE TABLE drawing_model (
  drawing  VARCHAR(32) NOT NULL REFERENCES drawing (id),
  place    INTEGER NOT NULL,
  endpoint VARCHAR(32) NOT NULL REFERENCES endpoint (id),
  PRIMARY KEY (drawing, place)
);

CREATE TABLE drawing_prompt (
  drawing VARCHAR(32) NOT NULL REFERENCES drawing (id),
  number  INTEGER NOT NULL,
  content TEXT NOT NULL,
  state   VARCHAR(8) NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
  task    VARCHAR(32) REFERENCES task (id),
  reason  TEXT,
  PRIMARY KEY (drawing, number)
);
