package dev.attune.core.json;

import dev.attune.core.error.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/** Reads files with one record per line, as {@link dev.attune.core.io.LineLog} writes them. */
public final class JsonLines {
    private JsonLines() {}

    /**
     * The records of a file, in order.
     *
     * @param expected what a line holds, for the message
     * @param remedy what to do about a line that is none, for the message
     * @throws BadInputException naming the first line that is not such a record
     */
    public static <T> List<T> read(Path file, Class<T> type, String expected, String remedy) throws IOException {
        List<T> records = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            try {
                records.add(Json.records().readValue(line, type));
            } catch (JacksonException e) {
                throw BadInputException.at(file + ":" + (records.size() + 1), Json.reason(e), expected, remedy);
            }
        }
        return records;
    }
}
