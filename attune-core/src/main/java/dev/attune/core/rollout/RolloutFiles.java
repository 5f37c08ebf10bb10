package dev.attune.core.rollout;

import dev.attune.core.error.BadInputException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.io.Gzip;
import dev.attune.core.io.LineScanner;
import dev.attune.core.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/** Files of rollouts, one per line; gzip if the name ends in {@code .gz}. */
public final class RolloutFiles {
    private RolloutFiles() {}

    /** Writes the file whole or not at all. */
    public static void write(Path file, List<Rollout> rollouts) throws IOException {
        AtomicFiles.write(file, raw -> {
            OutputStream out = Gzip.wrap(file, raw);
            for (Rollout rollout : rollouts) {
                out.write((Json.line(rollout) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            Gzip.finish(out);
        });
    }

    /** Reads all rollouts of a file. */
    public static List<Rollout> read(Path file) {
        List<Rollout> rollouts = new ArrayList<>();
        scan(file, lines -> rollouts.add(parsed(lines, Rollout.class)));
        return rollouts;
    }

    /** Reads only the outline of each rollout of a file. */
    public static List<RolloutOutline> outlines(Path file) {
        List<RolloutOutline> outlines = new ArrayList<>();
        scan(file, lines -> outlines.add(parsed(lines, RolloutOutline.class)));
        return outlines;
    }

    /**
     * Reads one rollout without parsing the lines before it or reading the ones after it; an error if the file has too
     * few.
     */
    public static Rollout read(Path file, int index) {
        List<Rollout> found = new ArrayList<>();
        long count = scan(file, lines -> {
            if (lines.number() == index + 1L) {
                found.add(parsed(lines, Rollout.class));
            }
            return found.isEmpty();
        });
        if (found.isEmpty()) {
            throw BadInputException.at(
                    file.toString(), "no rollout " + index, "a number from 0 to " + (count - 1), "name one of these");
        }
        return found.get(0);
    }

    /** Handles a line; returns whether to continue. */
    private interface Reading {
        boolean read(LineScanner lines) throws IOException;
    }

    private static <T> T parsed(LineScanner lines, Class<T> type) throws IOException {
        return Json.records().readValue(lines.strictText(), type);
    }

    /** @return how many lines were read */
    private static long scan(Path file, Reading reading) {
        long line = 0;
        try (LineScanner lines = new LineScanner(Gzip.open(file))) {
            boolean more = true;
            while (more && lines.next()) {
                line = lines.number();
                more = reading.read(lines);
            }
            return line;
        } catch (JacksonException e) {
            throw BadInputException.at(file + ":" + line, Json.reason(e), "a rollout", "check the file");
        } catch (NoSuchFileException e) {
            throw BadInputException.at(file.toString(), "no such file", "rollouts", "check the path and the step");
        } catch (IOException e) {
            throw BadInputException.at(
                    file + ":" + (line + 1), String.valueOf(e.getMessage()), "a rollout", "check the file");
        }
    }
}
