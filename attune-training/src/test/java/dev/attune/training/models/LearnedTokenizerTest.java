package dev.attune.training.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.training.data.TrainingTexts;
import dev.attune.training.method.RecipeFile;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedTokenizerTest {
    @TempDir
    Path folder;

    @Test
    void wordsOfPromptsAndOfBothAnswersAreTokens() throws IOException {
        try (Tokenizer tokenizer = learned(recipe("split: 0"), 400)) {
            assertThat(tokenizer.encode("question")).hasSize(1);
            assertThat(tokenizer.encode("better")).hasSize(1);
            assertThat(tokenizer.encode("worse")).hasSize(1);
            assertThat(tokenizer.padId()).isZero();
            assertThat(tokenizer.eosId()).isEqualTo(1);
        }
    }

    @Test
    void whatIsHeldOutTeachesNothing() throws IOException {
        try (Tokenizer all = learned(recipe("split: 0"), 600);
                Tokenizer half = learned(recipe("split: 0.5"), 600)) {
            // every row has its own name, repeated often enough to become a token
            assertThat(tokensOfNames(all)).isEqualTo(20);
            assertThat(tokensOfNames(half)).isGreaterThan(20);
        }
    }

    @Test
    void conversationsAreWrittenWithTheRolesTokens() throws IOException {
        try (Tokenizer tokenizer = learned(recipe("split: 0"), 400)) {
            Prompt prompt = new Prompt.Chat(
                    List.of(Message.user("question"), Message.assistant("better"), Message.user("question")));
            int question = tokenizer.encode("question")[0];
            int better = tokenizer.encode("better")[0];
            assertThat(ConversationEncoder.of(tokenizer).prompt(prompt))
                    .containsExactly(3, question, 4, better, 1, 3, question, 4);
        }
    }

    private static int tokensOfNames(Tokenizer tokenizer) {
        return IntStream.range(0, 20).map(i -> tokenizer.encode(name(i)).length).sum();
    }

    private static Tokenizer learned(Recipe recipe, int vocabulary) {
        return LearnedTokenizer.of(TrainingTexts.of(recipe.run()), vocabulary, 64, true);
    }

    private Recipe recipe(String evaluate) throws IOException {
        Path pairs = folder.resolve("pairs.jsonl");
        Files.write(
                pairs,
                IntStream.range(0, 20).mapToObj(LearnedTokenizerTest::pair).toList());
        String text =
                "method: reward\nmodel: {vocabulary: 400}\ndata: {path: " + pairs + "}\nevaluate: {" + evaluate + "}\n";
        return ((RecipeFile.Single) RecipeReader.parse("r.yaml", text, Map.of())).recipe();
    }

    private static String pair(int i) {
        return "{\"prompt\": \"question " + name(i) + "\", \"chosen\": \"better " + name(i)
                + "\", \"rejected\": \"worse " + name(i) + "\"}";
    }

    private static String name(int i) {
        return (char) ('A' + i) + "" + (char) ('z' - i);
    }
}
