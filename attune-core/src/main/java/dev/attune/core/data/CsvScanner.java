package dev.attune.core.data;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** Records of RFC 4180: cells split at a separator; quoted cells may hold separators, line feeds and doubled quotes. */
final class CsvScanner {
    private static final int END = -1;

    private final Reader reader;
    private final char separator;
    private final List<String> cells = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
    private long nextLine = 1;
    private long line;
    private boolean openQuote;
    private boolean started;

    /** @param separator the character between cells */
    CsvScanner(Reader reader, char separator) {
        this.reader = reader;
        this.separator = separator;
    }

    /** Moves to the next record; false at the end of the file. */
    boolean next() throws IOException {
        cells.clear();
        cell.setLength(0);
        openQuote = false;
        line = nextLine;
        int c = read();
        if (!started && c == '\ufeff') {
            c = read();
        }
        started = true;
        if (c == END) {
            return false;
        }
        while (c != END && c != '\n') {
            c = c == '"' && cell.isEmpty() ? quoted() : plain(c);
        }
        endCell();
        return true;
    }

    List<String> cells() {
        return List.copyOf(cells);
    }

    /** The line on which the record starts, from 1. */
    long line() {
        return line;
    }

    /** Whether the file ended inside quotes. */
    boolean openQuote() {
        return openQuote;
    }

    boolean blank() {
        return cells.size() == 1 && cells.get(0).isBlank();
    }

    private int plain(int c) throws IOException {
        int next = read();
        if (c == separator) {
            endCell();
        } else if (!(c == '\r' && (next == '\n' || next == END))) {
            cell.append((char) c);
        }
        return next;
    }

    /** Reads up to the closing quote and returns the character after it. */
    private int quoted() throws IOException {
        for (int c = read(); c != END; c = read()) {
            if (c != '"') {
                cell.append((char) c);
                continue;
            }
            int next = read();
            if (next != '"') {
                return next;
            }
            cell.append('"');
        }
        openQuote = true;
        return END;
    }

    private void endCell() {
        cells.add(cell.toString());
        cell.setLength(0);
    }

    private int read() throws IOException {
        int c = reader.read();
        if (c == '\n') {
            nextLine++;
        }
        return c;
    }
}
