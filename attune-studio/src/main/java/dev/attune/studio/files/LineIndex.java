package dev.attune.studio.files;

import dev.attune.core.error.BadInputException;
import dev.attune.core.io.LineScanner;
import dev.attune.core.json.Json;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;

/**
 * The complete lines of a file of records, each with a small outline by which pages choose the lines that they read. A last
 * line without its line feed is being written, and is left out.
 *
 * @param <T> the record of a line
 * @param <O> its outline
 */
public final class LineIndex<T, O> {
    private final Path file;
    private final Class<T> type;
    private final Function<T, O> outline;
    private final List<Entry<O>> entries;
    private final int unreadable;
    private final long end;

    /** @param hash of the line, by which a file that was cut back is told from one that grew */
    private record Entry<O>(long start, int length, int hash, O outline) {}

    private LineIndex(
            Path file, Class<T> type, Function<T, O> outline, List<Entry<O>> entries, int unreadable, long end) {
        this.file = file;
        this.type = type;
        this.outline = outline;
        this.entries = entries;
        this.unreadable = unreadable;
        this.end = end;
    }

    /** Reads a file; a missing one has no lines. */
    public static <T, O> LineIndex<T, O> of(Path file, Class<T> type, Function<T, O> outline) throws IOException {
        return new LineIndex<>(file, type, outline, List.of(), 0, 0).readOn();
    }

    /** Reads what was appended since; a file that was cut back or replaced is read anew. */
    public LineIndex<T, O> refreshed() throws IOException {
        return isPrefix() ? readOn() : of(file, type, outline);
    }

    private boolean isPrefix() throws IOException {
        if (entries.isEmpty() || !Files.exists(file) || Files.size(file) < end) {
            return false;
        }
        Entry<O> last = entries.get(entries.size() - 1);
        return text(last).hashCode() == last.hash();
    }

    private LineIndex<T, O> readOn() throws IOException {
        if (!Files.isRegularFile(file)) {
            return this;
        }
        List<Entry<O>> all = new ArrayList<>(entries);
        int bad = unreadable;
        long start = end;
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(end);
            LineScanner lines = new LineScanner(in);
            while (lines.next() && lines.complete()) {
                String text = lines.text();
                int length = (int) (end + lines.end() - start - 1);
                try {
                    T line = Json.records().readValue(text, type);
                    all.add(new Entry<>(start, length, text.hashCode(), outline.apply(line)));
                } catch (JacksonException e) {
                    bad++;
                }
                start += length + 1L;
            }
        }
        return new LineIndex<>(file, type, outline, List.copyOf(all), bad, start);
    }

    /** Number of lines that could be read. */
    public int size() {
        return entries.size();
    }

    /** Number of complete lines that are no such records. */
    public int unreadable() {
        return unreadable;
    }

    /** The outlines of all lines, in order. */
    public List<O> outlines() {
        return entries.stream().map(Entry::outline).toList();
    }

    /** The numbers of the lines whose outlines are chosen, in order. */
    public List<Integer> where(Predicate<O> chosen) {
        return IntStream.range(0, size())
                .filter(i -> chosen.test(entries.get(i).outline()))
                .boxed()
                .toList();
    }

    public O outline(int number) {
        return entries.get(number).outline();
    }

    /**
     * Reads one line.
     *
     * @throws BadInputException if the file was replaced since it was indexed
     */
    public T read(int number) {
        try {
            return Json.records().readValue(text(entries.get(number)), type);
        } catch (JacksonException e) {
            throw BadInputException.at(
                    String.valueOf(file.getFileName()), "another file than before", "the same", "load the page again");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The line as it is now; empty if the file ends before it. */
    private String text(Entry<O> entry) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[entry.length()];
            in.seek(entry.start());
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (EOFException shorter) {
            return "";
        }
    }
}
