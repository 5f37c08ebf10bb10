package dev.attune.feedback.store;

import dev.attune.core.error.BadInputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of a store: an SQLite file or a PostgreSQL database.
 *
 * @param jdbc as the driver takes it
 */
public record StoreUrl(Kind kind, String jdbc) {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    /** The kind of database. */
    public enum Kind {
        SQLITE,
        POSTGRESQL;

        /** The folder of its migrations. */
        String folder() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The file of an SQLite database; empty for another database. */
    public Optional<Path> file() {
        return kind == Kind.SQLITE
                ? Optional.of(Path.of(jdbc.substring(SQLITE.length()).replaceFirst("\\?.*", "")))
                : Optional.empty();
    }

    /**
     * Parses a file's path, {@code sqlite:FILE}, {@code postgresql://USER:PASSWORD@HOST:PORT/DATABASE}, or either one's
     * JDBC form.
     *
     * @throws BadInputException if it is none of these
     */
    public static StoreUrl parse(String text) {
        if (text.startsWith(SQLITE) || text.startsWith("sqlite:")) {
            return sqlite(text.substring(text.indexOf("sqlite:") + "sqlite:".length()));
        }
        if (text.startsWith(POSTGRESQL)) {
            return new StoreUrl(Kind.POSTGRESQL, text);
        }
        if (text.startsWith("postgresql://") || text.startsWith("postgres://")) {
            return postgresql(text);
        }
        if (text.matches("[a-z][a-z0-9+.-]+:.*")) {
            throw invalid(text);
        }
        return sqlite(text);
    }

    private static StoreUrl sqlite(String file) {
        if (file.isBlank()) {
            throw invalid("sqlite:");
        }
        return new StoreUrl(Kind.SQLITE, SQLITE + file);
    }

    /** Moves user and password to parameters, as JDBC requires. */
    private static StoreUrl postgresql(String text) {
        try {
            URI uri = new URI(text);
            String[] user = uri.getUserInfo() == null
                    ? new String[0]
                    : uri.getUserInfo().split(":", 2);
            if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
                throw invalid(text);
            }
            StringBuilder jdbc = new StringBuilder(POSTGRESQL).append("//").append(uri.getHost());
            if (uri.getPort() >= 0) {
                jdbc.append(':').append(uri.getPort());
            }
            jdbc.append(uri.getPath());
            String separator = "?";
            if (uri.getRawQuery() != null) {
                jdbc.append('?').append(uri.getRawQuery());
                separator = "&";
            }
            String[] names = {"user", "password"};
            for (int i = 0; i < user.length; i++) {
                jdbc.append(separator).append(names[i]).append('=');
                jdbc.append(URLEncoder.encode(user[i], StandardCharsets.UTF_8));
                separator = "&";
            }
            return new StoreUrl(Kind.POSTGRESQL, jdbc.toString());
        } catch (URISyntaxException e) {
            throw invalid(text);
        }
    }

    private static BadInputException invalid(String text) {
        return BadInputException.at(
                "--db " + text.replaceAll("//[^@/]*@", "//...@"),
                "an unknown kind of database",
                "an SQLite file, or postgresql://USER:PASSWORD@HOST/DATABASE",
                "change the address");
    }
}
