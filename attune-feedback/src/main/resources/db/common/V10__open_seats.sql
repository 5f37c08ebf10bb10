-- A seat names its task's project and turn, so that the next open one is found without a look at all that are done.
ALTER TABLE seat ADD COLUMN project VARCHAR(32) REFERENCES project (id);
ALTER TABLE seat ADD COLUMN priority DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE seat ADD COLUMN place BIGINT NOT NULL DEFAULT 0;

UPDATE seat SET
  project = (SELECT t.project FROM task t WHERE t.id = seat.task),
  priority = (SELECT t.priority FROM task t WHERE t.id = seat.task),
  place = (SELECT t.number FROM task t WHERE t.id = seat.task);

CREATE INDEX seat_open ON seat (project, priority DESC, place, number) WHERE state <> 'done';
CREATE INDEX seat_leased ON seat (labeler) WHERE state = 'leased';
