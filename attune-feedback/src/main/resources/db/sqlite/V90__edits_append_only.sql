CREATE TRIGGER edited_answer_unchanged BEFORE UPDATE ON edited_answer BEGIN SELECT RAISE(ABORT, 'rows of edited_answer are never changed'); END;
CREATE TRIGGER edited_answer_kept BEFORE DELETE ON edited_answer BEGIN SELECT RAISE(ABORT, 'rows of edited_answer are never deleted'); END;
