CREATE TRIGGER adjudication_unchanged BEFORE UPDATE ON adjudication BEGIN SELECT RAISE(ABORT, 'rows of adjudication are never changed'); END;
CREATE TRIGGER adjudication_kept BEFORE DELETE ON adjudication BEGIN SELECT RAISE(ABORT, 'rows of adjudication are never deleted'); END;
CREATE TRIGGER settlement_unchanged BEFORE UPDATE ON settlement BEGIN SELECT RAISE(ABORT, 'rows of settlement are never changed'); END;
CREATE TRIGGER settlement_kept BEFORE DELETE ON settlement BEGIN SELECT RAISE(ABORT, 'rows of settlement are never deleted'); END;
