-- Secrets are kept as hashes alone: a copy of this database opens no door.

CREATE TABLE password (
  labeler VARCHAR(32) PRIMARY KEY REFERENCES labeler (id),
  hash    VARCHAR(200) NOT NULL,
  created BIGINT NOT NULL
);

CREATE TABLE session (
  hash    VARCHAR(64) PRIMARY KEY,
  labeler VARCHAR(32) NOT NULL REFERENCES labeler (id),
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL
);

CREATE TABLE invitation (
  hash    VARCHAR(64) PRIMARY KEY,
  role    VARCHAR(16) NOT NULL CHECK (role IN ('admin', 'reviewer', 'labeler')),
  author  VARCHAR(32) REFERENCES labeler (id),
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  used_by VARCHAR(32) REFERENCES labeler (id)
);

-- The projects that a labeler sees; reviewers and admins see all.
CREATE TABLE member (
  project VARCHAR(32) NOT NULL REFERENCES project (id),
  labeler VARCHAR(32) NOT NULL REFERENCES labeler (id),
  PRIMARY KEY (project, labeler)
);
