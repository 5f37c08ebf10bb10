package dev.attune.core.run;

import dev.attune.core.error.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The saved rollouts of a run: one file per step that saved any. */
public record RolloutFolder(Path folder, SortedMap<Integer, Path> files) {
    private static final Pattern NAME = Pattern.compile("step-(\\d+)\\.jsonl\\.gz");

    /** The rollouts of a run; an error if it saved none. */
    public static RolloutFolder of(RunFolder run) {
        SortedMap<Integer, Path> files = filesOf(run);
        if (files.isEmpty()) {
            throw BadInputException.at(
                    run.path().toString(), "no rollouts", "a run that kept some", "set rollouts.every in its recipe");
        }
        return new RolloutFolder(folder(run), files);
    }

    /** The files of rollouts by step; none if the run kept none. */
    public static SortedMap<Integer, Path> filesOf(RunFolder run) {
        SortedMap<Integer, Path> files = new TreeMap<>();
        if (Files.isDirectory(folder(run))) {
            try (Stream<Path> entries = Files.list(folder(run))) {
                for (Path file : (Iterable<Path>) entries::iterator) {
                    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                    if (name.matches()) {
                        files.put(Integer.parseInt(name.group(1)), file);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    private static Path folder(RunFolder run) {
        return run.path().resolve("rollouts");
    }

    /** The file of a step; of the last one if no step is given. */
    public Path file(@Nullable Integer step) {
        Path file = step == null ? files.get(files.lastKey()) : files.get(step);
        if (file == null) {
            throw BadInputException.at(
                    folder.toString(), "no step " + step, "one of " + List.copyOf(files.keySet()), "name one of these");
        }
        return file;
    }
}
