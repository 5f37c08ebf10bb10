package dev.attune.core.error;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionalLibraryTest {
    @Test
    void aLibraryThatIsThereIsEnough() {
        assertThatCode(OptionalLibrary.DUCKDB::require).doesNotThrowAnyException();
        assertThatCode(OptionalLibrary.YAML::require).doesNotThrowAnyException();
    }

    @Test
    void aMissingLibraryIsNamedWithItsArtifact() {
        OptionalLibrary missing = new OptionalLibrary("org.example:nothing", "org.example.Nothing", "Such files");
        assertThatThrownBy(missing::require)
                .isInstanceOf(RunFailedException.class)
                .hasMessage("Such files need the library org.example:nothing, which is not on the class path;"
                        + " add it to the dependencies of the program");
    }
}
