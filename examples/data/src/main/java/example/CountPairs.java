package example;

import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.error.AttuneException;
import dev.attune.core.feedback.Preference;
import java.nio.file.Path;
import java.util.List;

/** Reads the preferences of each file that is named and prints how many there are, or why a file cannot be read. */
final class CountPairs {
    private CountPairs() {}

    public static void main(String[] files) {
        for (String file : files) {
            try {
                List<Preference> pairs =
                        Dataset.read(Path.of(file), ReadOptions.defaults()).preferences();
                System.out.println(file + ": " + pairs.size() + " pairs");
            } catch (AttuneException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
