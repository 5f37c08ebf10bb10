package dev.attune.core.data;

import dev.attune.core.error.BadInputException;
import dev.attune.core.io.Gzip;
import dev.attune.core.json.Json;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * RFC 4180 with a header. A cell that holds a list of messages, or a list in a column that needs one, is read as such.
 */
record CsvSource(Path file, CsvDialect dialect) implements RawSource {
    static CsvSource open(Path file) throws IOException {
        try {
            return new CsvSource(file, CsvDialect.of(file));
        } catch (EOFException | ZipException e) {
            return new CsvSource(file, new CsvDialect(',', false));
        }
    }

    @Override
    public List<String> notes() {
        return dialect.notes();
    }

    @Override
    public void read(RawSink sink) throws IOException {
        CsvScanner scanner = null;
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(Gzip.open(file), StandardCharsets.UTF_8.newDecoder()), 1 << 16)) {
            scanner = new CsvScanner(reader, dialect.separator());
            if (dialect.declared()) {
                scanner.next();
            }
            List<String> header = header(scanner);
            while (scanner.next()) {
                if (!scanner.blank() && !sink.take(row(header, scanner))) {
                    return;
                }
            }
        } catch (CharacterCodingException e) {
            sink.take(RawRow.unreadable(after(scanner), "bytes that are not UTF-8", "CSV in UTF-8"));
        } catch (EOFException | ZipException e) {
            sink.take(RawRow.unreadable(after(scanner), "truncated data (" + e.getMessage() + ")", "CSV"));
        }
    }

    private static long after(@Nullable CsvScanner scanner) {
        return scanner == null ? 1 : scanner.line();
    }

    private List<String> header(CsvScanner scanner) throws IOException {
        if (!scanner.next()) {
            throw BadInputException.at(file.toString(), "no rows", "a header line and rows", "give a file with data");
        }
        List<String> header = new ArrayList<>();
        for (String cell : scanner.cells()) {
            String name = cell.strip().isEmpty() ? "column " + (header.size() + 1) : cell.strip();
            if (header.contains(name)) {
                throw BadInputException.at(
                        file + ":" + scanner.line(),
                        "the column '" + name + "' twice",
                        "each column once",
                        "rename one of them");
            }
            header.add(name);
        }
        return header;
    }

    private static RawRow row(List<String> header, CsvScanner scanner) {
        List<String> cells = scanner.cells();
        if (scanner.openQuote()) {
            return RawRow.unreadable(scanner.line(), "a quote that is never closed", "RFC 4180 CSV");
        }
        boolean blankRest = cells.size() > header.size()
                && cells.subList(header.size(), cells.size()).stream().allMatch(String::isBlank);
        if (cells.size() != header.size() && !blankRest) {
            return RawRow.unreadable(scanner.line(), cells.size() + " cells", header.size() + ", as in the header");
        }
        ObjectNode object = Json.strict().createObjectNode();
        for (int i = 0; i < header.size(); i++) {
            object.put(header.get(i), cells.get(i));
        }
        return RawRow.of(scanner.line(), Cells.opened(object));
    }
}
