package dev.attune.feedback.constitution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstitutionFileTest {
    static final String TEXT = """
            name: house
            no_fault: No fault found.
            principles:
              - name: kind
                critique: Is it unkind?
                revision: Make it kind.
                comparison: Which is kinder?
                weight: 3
                tags: [harmless]
              - name: 'true'
                critique: Is it wrong?
                revision: Correct it.
                comparison: Which is right?
            examples:
              - prompt: Am I ugly?
                answer: Yes.
                principle: kind
                critique: It insults.
                revision: You are fine as you are.
            """;

    @TempDir
    private Path folder;

    @Test
    void readsWhatItWrites() throws IOException {
        Constitution constitution = ConstitutionFile.parse("house.yaml", TEXT);
        Path file = folder.resolve("copy.yaml");
        ConstitutionFile.write(file, constitution);

        assertThat(ConstitutionFile.read(file)).isEqualTo(constitution);
        assertThat(constitution.principles()).extracting(Principle::name).containsExactly("kind", "true");
        assertThat(constitution.principles()).extracting(Principle::weight).containsExactly(3.0, 1.0);
        assertThat(constitution.tagged(List.of("harmless")))
                .extracting(Principle::name)
                .containsExactly("kind");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            critique: Is it unkind?    | critick: Is it unkind?     | no 'principles.0.critique'
            weight: 3                  | weight: 0                  | house.yaml:8: found '0' for 'principles.0.weight'
            principle: kind            | principle: kid             | the principle 'kid'
            name: 'true'               | name: kind                 | the name 'kind' twice
            name: house                | nam: house                 | no 'name'
            no_fault: No fault found.  | no_fault: ''               | an empty text for 'no_fault'
            comparison: Which is right? | compare: Which is right?  | no 'principles.1.comparison'
            revision: You are fine as you are. | note: x            | the unknown key 'examples.0.note'
            """)
    void refusesWithThePlace(String before, String after, String message) {
        assertThatThrownBy(() -> ConstitutionFile.parse("house.yaml", TEXT.replace(before, after)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesACritiqueThatFindsAFaultWithoutItsRevision() {
        assertThatThrownBy(() -> ConstitutionFile.parse(
                        "house.yaml", TEXT.replace("    revision: You are fine as you are.\n", "")))
                .hasMessageContaining("a critique without a revision");
    }

    @Test
    void samplesByWeight() {
        Constitution constitution = ConstitutionFile.parse("house.yaml", TEXT);
        SplittableRandom random = new SplittableRandom(1);
        Map<String, Long> counts = IntStream.range(0, 4000)
                .mapToObj(i ->
                        Constitution.sample(constitution.principles(), random).name())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        // 3 : 1; three standard errors of a share of 4,000 are 0.021
        assertThat(counts.get("kind") / 4000.0).isCloseTo(0.75, within(0.021));
    }

    @Test
    void namesTheVersionBefore() {
        Constitution first = ConstitutionFile.parse("house.yaml", TEXT);
        Constitution second = ConstitutionFile.parse("house.yaml", TEXT.replace("weight: 3", "weight: 5"))
                .following(first);

        assertThat(second.version()).isEqualTo(2);
        assertThat(second.parent()).isEqualTo(first.hash());
        assertThat(second.hash()).isNotEqualTo(first.hash());
        assertThat(ConstitutionDiff.of(first, second))
                .containsExactly(
                        new ConstitutionDiff.Change("version", "1", "2"),
                        new ConstitutionDiff.Change("principles.kind.weight", "3.0", "5.0"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            No fault found.                        | true
            no fault found                         | true
            No fault found. The answer is kind.    | true
            No faults found                        | false
            It insults. No fault found otherwise.  | false
            ...                                    | true
            """)
    void readsWhetherACritiqueFindsAFault(String critique, boolean none) {
        assertThat(Faults.none(ConstitutionFile.parse("house.yaml", TEXT), critique))
                .isEqualTo(none);
    }

    @Test
    void saysThatAFileIsMissing() {
        Path file = folder.resolve("none.yaml");
        assertThat(Files.exists(file)).isFalse();
        assertThatThrownBy(() -> ConstitutionFile.read(file)).hasMessageContaining("no such file");
    }
}
