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
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import tools.jackson.core.JacksonException;

/** Files of rollouts, one a line; gzip where the name ends in {@code .gz}. */
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
        scan(file, Rollout.class, rollouts::add, number -> true);
        return rollouts;
    }

    /** Reads no more of each rollout of a file than its outline. */
    public static List<RolloutOutline> outlines(Path file) {
        List<RolloutOutline> outlines = new ArrayList<>();
        scan(file, RolloutOutline.class, outlines::add, number -> true);
        return outlines;
    }

    /** Reads one rollout, the lines before it unparsed; or an error where the file has too few. */
    public static Rollout read(Path file, int index) {
        List<Rollout> found = new ArrayList<>();
        long count = scan(file, Rollout.class, found::add, number -> number == index + 1L);
        if (found.isEmpty()) {
            throw BadInputException.at(
                    file.toString(), "no rollout " + index, "a number from 0 to " + (count - 1), "name one of these");
        }
        return found.get(0);
    }

    /** @return how many lines there are */
    private static <T> long scan(Path file, Class<T> type, Consumer<T> each, LongPredicate wanted) {
        long line = 0;
        try (LineScanner lines = new LineScanner(Gzip.open(file))) {
            while (lines.next()) {
                line = lines.number();
                if (wanted.test(line)) {
                    each.accept(Json.records().readValue(lines.strictText(), type));
                }
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
