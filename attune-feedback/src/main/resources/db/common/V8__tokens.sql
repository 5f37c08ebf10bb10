-- What a program logs in with; as with passwords the hash alone is kept.
CREATE TABLE api_token (
  id      VARCHAR(32) PRIMARY KEY,
  hash    VARCHAR(64) NOT NULL UNIQUE,
  labeler VARCHAR(32) NOT NULL REFERENCES labeler (id),
  name    VARCHAR(100) NOT NULL,
  created BIGINT NOT NULL,
  used    BIGINT
);

CREATE INDEX event_by_time ON event (created, id);

-- Whom an invitation is for who is known already: it gives a new password, and the role stays.
ALTER TABLE invitation ADD COLUMN labeler VARCHAR(32) REFERENCES labeler (id);
