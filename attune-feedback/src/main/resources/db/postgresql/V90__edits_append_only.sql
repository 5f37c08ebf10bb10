CREATE TRIGGER edited_answer_append_only BEFORE UPDATE OR DELETE ON edited_answer FOR EACH ROW EXECUTE FUNCTION append_only();
