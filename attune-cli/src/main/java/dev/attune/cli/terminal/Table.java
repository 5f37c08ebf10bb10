package dev.attune.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows in aligned columns, for people. Programs read {@code --json} instead. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final boolean[] rightAligned;

    private Table(List<String> header) {
        rows.add(header);
        rightAligned = new boolean[header.size()];
    }

    /** A table with these column titles; a title that starts with {@code >} makes its column right-aligned. */
    public static Table of(String... titles) {
        List<String> header = new ArrayList<>();
        for (String title : titles) {
            header.add(title.startsWith(">") ? title.substring(1) : title);
        }
        Table table = new Table(header);
        for (int i = 0; i < titles.length; i++) {
            table.rightAligned[i] = titles[i].startsWith(">");
        }
        return table;
    }

    public Table row(@Nullable Object... cells) {
        if (cells.length != rightAligned.length) {
            throw new IllegalArgumentException(
                    cells.length + " cells in a table of " + rightAligned.length + " columns");
        }
        List<String> row = new ArrayList<>();
        for (@Nullable Object cell : cells) {
            row.add(String.valueOf(cell));
        }
        rows.add(row);
        return this;
    }

    /** One line per row, without trailing blanks; a header of empty titles is left out. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        boolean titled = rows.get(0).stream().anyMatch(title -> !title.isEmpty());
        for (List<String> row : titled ? rows : rows.subList(1, rows.size())) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String padding = " ".repeat(width(i) - length(row.get(i)));
                line.append(rightAligned[i] ? padding + row.get(i) : row.get(i) + padding)
                        .append(GAP);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
