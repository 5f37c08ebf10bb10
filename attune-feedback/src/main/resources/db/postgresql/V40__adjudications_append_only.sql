CREATE TRIGGER adjudication_append_only BEFORE UPDATE OR DELETE ON adjudication FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE ON settlement FOR EACH ROW EXECUTE FUNCTION append_only();
