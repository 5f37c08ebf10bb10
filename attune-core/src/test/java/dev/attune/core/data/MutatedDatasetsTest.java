package dev.attune.core.data;

import static dev.attune.core.data.DatasetFormatsTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.attune.core.error.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with bytes changed, cut out, repeated or cut off are read, or refused in one line: nothing else. */
class MutatedDatasetsTest {
    private static final int MUTANTS = 60;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a.jsonl", "a.jsonl.gz", "a.json", "a.csv", "a.parquet"})
    void isReadOrRefusedInOneLine(String name) throws IOException {
        Path original = folder.resolve("original.jsonl");
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            rows.append(json("{'id':'r" + i + "','prompt':[{'role':'user','content':'Frage " + i
                    + " \\u00fc'}],'completions':[{'text':'a','model':'m'},{'text':'b','model':'m'}],"
                    + "'criterion':'helpful','order':[[1],[0]],'unranked':[],'labeler':'ann'}\n"));
        }
        Files.writeString(original, rows);
        Path whole = folder.resolve(name);
        DatasetConverter.convert(original, ReadOptions.defaults(), whole, DataFormat.RANKINGS);
        assertThat(Dataset.read(whole, ReadOptions.defaults()).rankings()).hasSize(20);
        byte[] bytes = Files.readAllBytes(whole);
        Random random = new Random(7);
        Path mutant = folder.resolve("mutant-" + name);
        for (int i = 0; i < MUTANTS; i++) {
            Files.write(mutant, mutate(bytes, random));
            readOrRefuse(mutant, i);
        }
    }

    private static void readOrRefuse(Path mutant, int number) {
        try {
            Inspection inspection = DatasetInspector.inspect(mutant, ReadOptions.defaults(), null);
            assertThat(inspection.rows()).isGreaterThanOrEqualTo(inspection.used());
        } catch (BadInputException e) {
            assertThat(e.getMessage()).contains(mutant.toString()).doesNotContain("\n");
        } catch (RuntimeException e) {
            fail("mutant " + number + " of " + mutant.getFileName(), e);
        }
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] bytes = original.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> {
                for (int i = 0; i < 4; i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
            case 1 -> bytes = Arrays.copyOf(bytes, at);
            case 2 -> System.arraycopy(original, 0, bytes, at, bytes.length - at);
            default -> bytes = Arrays.copyOfRange(bytes, Math.min(at, 50), bytes.length);
        }
        return bytes;
    }
}
