package dev.attune.feedback.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.harm.WordsHarmJudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnsweringModelTest {
    private static final List<Prompt> PROMPTS =
            IntStream.range(0, 70).mapToObj(i -> Prompt.text("question " + i)).toList();
    private static final SamplingOptions OPTIONS = SamplingOptions.sampling(8, 1);

    @TempDir
    private Path folder;

    /** Answers with the prompt and the seed; fails when it is asked for more batches than it has. */
    private static final class CountingModel implements TextModel {
        private int asked;
        private int batches;

        CountingModel(int batches) {
            this.batches = batches;
        }

        @Override
        public List<TextCompletion> complete(List<Prompt> prompts, SamplingOptions options, long seed) {
            if (batches-- == 0) {
                throw new RunFailedException("killed");
            }
            asked += prompts.size();
            return prompts.stream()
                    .map(prompt -> new TextCompletion(
                            prompt.messages().get(0).content() + ", " + seed,
                            3,
                            -1,
                            TextCompletion.StopReason.END_TOKEN))
                    .toList();
        }

        @Override
        public void close() {}
    }

    private List<TextCompletion> answers(CountingModel model) throws IOException {
        try (AnsweringModel answering = AnsweringModel.open(
                folder.resolve("answers.jsonl"), model, 5, settings -> new WordsHarmJudge(), (part, count) -> {})) {
            return answering.answers("one", PROMPTS, OPTIONS, 0);
        }
    }

    @Test
    void aStoppedEvaluationContinuesWithTheSameAnswers() throws IOException {
        List<TextCompletion> whole = answers(new CountingModel(3));
        Files.delete(folder.resolve("answers.jsonl"));

        assertThatThrownBy(() -> answers(new CountingModel(2))).hasMessage("killed");
        Files.writeString(folder.resolve("answers.jsonl"), "{\"part\": \"one\", \"sam", StandardOpenOption.APPEND);
        CountingModel rest = new CountingModel(1);

        assertThat(answers(rest)).isEqualTo(whole);
        assertThat(rest.asked).isEqualTo(70 - 64);
        CountingModel none = new CountingModel(0);
        assertThat(answers(none)).isEqualTo(whole);
        assertThat(none.asked).isZero();
    }
}
