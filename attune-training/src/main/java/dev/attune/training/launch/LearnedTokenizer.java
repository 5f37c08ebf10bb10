package dev.attune.training.launch;

import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.io.Folders;
import dev.attune.core.text.Message;
import dev.attune.model.tokenizer.BpeTrainer;
import dev.attune.model.tokenizer.BpeVocabulary;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.training.recipe.DataSettings;
import dev.attune.training.recipe.Recipe;
import dev.attune.training.recipe.SftRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A byte-level BPE tokenizer that is trained only on a run's training rows. It is trained again when a run is resumed:
 * the same texts always give the same tokenizer.
 */
final class LearnedTokenizer {
    private static final String PAD = "<|pad|>";
    private static final String END = "<|end|>";

    /** The special tokens, in the order of their ids, from 0. */
    private static final List<String> SPECIAL = List.of(PAD, END, "<|system|>", "<|user|>", "<|assistant|>");

    /** The chat template; roles are the special tokens' names. */
    private static final String CHAT_TEMPLATE = "{% for message in messages %}<|{{ message['role'] }}|>"
            + "{{ message['content'] }}{% if message['role'] == 'assistant' %}<|end|>{% endif %}{% endfor %}"
            + "{% if add_generation_prompt %}<|assistant|>{% endif %}";

    private LearnedTokenizer() {}

    /** @param context the model's context length, written for other programs */
    static Tokenizer of(Recipe recipe, int vocabulary, int context, boolean prefixSpace) {
        BpeVocabulary learned = new BpeTrainer(vocabulary)
                .specialTokens(SPECIAL)
                .prefixSpace(prefixSpace)
                .train(texts(recipe));
        return loaded(learned, new BpeVocabulary.Roles(null, END, PAD, context, CHAT_TEMPLATE));
    }

    private static Stream<String> texts(Recipe recipe) {
        if (recipe instanceof SftRecipe sft && sft.demonstrations() != null) {
            return Demonstrations.of(sft.demonstrations(), sft.evaluate(), sft.plugins(), sft.seed()).train().stream()
                    .flatMap(demonstration -> demonstration.turns().stream())
                    .flatMap(turn -> Stream.of(turn.state(), turn.action()));
        }
        return trainingRows(recipe).stream().flatMap(LearnedTokenizer::texts);
    }

    /**
     * The training rows as {@link RunData} splits them, over-long ones included because their tokens cannot be counted
     * yet.
     */
    private static List<? extends Row> trainingRows(Recipe recipe) {
        DataSettings data = Objects.requireNonNull(recipe.data());
        Dataset all = Dataset.read(Path.of(data.path()), new ReadOptions(data.format(), data.onFault(), null));
        return RunData.split(all.rows(), recipe.evaluate(), recipe.seed()).train();
    }

    /** The texts of a row, one per turn. */
    static Stream<String> texts(Row row) {
        return Stream.concat(row.prompt().messages().stream().map(Message::content), completions(row));
    }

    private static Stream<String> completions(Row row) {
        if (row instanceof Row.PreferenceRow pair) {
            return Stream.of(pair.preference().chosen(), pair.preference().rejected());
        }
        if (row instanceof Row.RankingRow ranking) {
            return ranking.ranking().completions().stream().map(Ranking.Completion::text);
        }
        if (row instanceof Row.CompletionRow completion) {
            return Stream.of(completion.completion());
        }
        if (row instanceof Row.MessagesRow messages) {
            return Stream.of(messages.completion());
        }
        return row instanceof Row.LabelRow label ? Stream.of(label.completion()) : Stream.empty();
    }

    /**
     * Saves the tokenizer to temporary files and loads it: a loaded tokenizer keeps the contents of its files, to write
     * them next to the weights.
     */
    private static Tokenizer loaded(BpeVocabulary learned, BpeVocabulary.Roles roles) {
        try {
            Path temporary = Files.createTempDirectory("attune-tokenizer");
            try {
                learned.save(temporary, roles);
                return HuggingFaceTokenizer.load(temporary);
            } finally {
                Folders.delete(temporary);
            }
        } catch (IOException e) {
            throw new RunFailedException("the learned tokenizer cannot be written: " + e.getMessage(), e);
        }
    }
}
