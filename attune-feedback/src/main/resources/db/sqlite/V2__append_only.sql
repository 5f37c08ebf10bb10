CREATE TRIGGER ranking_unchanged BEFORE UPDATE ON ranking BEGIN SELECT RAISE(ABORT, 'rows of ranking are never changed'); END;
CREATE TRIGGER ranking_kept BEFORE DELETE ON ranking BEGIN SELECT RAISE(ABORT, 'rows of ranking are never deleted'); END;
CREATE TRIGGER note_unchanged BEFORE UPDATE ON note BEGIN SELECT RAISE(ABORT, 'rows of note are never changed'); END;
CREATE TRIGGER note_kept BEFORE DELETE ON note BEGIN SELECT RAISE(ABORT, 'rows of note are never deleted'); END;
CREATE TRIGGER event_unchanged BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'rows of event are never changed'); END;
CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'rows of event are never deleted'); END;
