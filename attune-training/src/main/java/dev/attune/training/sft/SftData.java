package dev.attune.training.sft;

import dev.attune.core.data.Dataset;
import dev.attune.core.environment.Demonstration;
import dev.attune.core.provenance.DataSource;
import dev.attune.core.text.Prompt;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.conversation.LossOn;
import dev.attune.training.batch.EpisodeTokens;
import dev.attune.training.batch.LengthLimit;
import dev.attune.training.batch.SequenceEncoder;
import dev.attune.training.batch.TokenDocument;
import dev.attune.training.data.RunData;
import dev.attune.training.recipe.DataSettings;
import dev.attune.training.run.RunListener;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tokenized data of supervised fine-tuning: the rows of a data set, or demonstrated episodes of an environment.
 *
 * @param maxLength the largest number of tokens in a row
 */
record SftData(List<TokenDocument> documents, List<TokenDocument> heldOut, List<DataSource> sources, int maxLength) {
    static SftData of(SftRecipe recipe, ConversationEncoder encoder, RunListener listener) throws IOException {
        DemonstrationSettings demonstrations = recipe.demonstrations();
        return demonstrations == null
                ? ofData(recipe, recipe.run().dataOrFail(), encoder, listener)
                : ofDemonstrations(recipe, demonstrations, encoder);
    }

    private static SftData ofData(
            SftRecipe recipe, DataSettings settings, ConversationEncoder encoder, RunListener listener)
            throws IOException {
        SequenceEncoder sequences = SequenceEncoder.forTraining(
                encoder, LengthLimit.of(settings, encoder.tokenizer().bosId()), recipe.lossOn());
        RunData data = RunData.read(settings, recipe.evaluate(), recipe.seed(), sequences, listener);
        return new SftData(
                documents(data.train(), sequences),
                documents(data.heldOutSet(), sequences),
                data.sources(),
                settings.maxLength());
    }

    /** Refuses rows without a completion. */
    private static List<TokenDocument> documents(Dataset data, SequenceEncoder sequences) {
        data.demonstrations();
        return data.rows().stream().map(sequences::document).toList();
    }

    /** Rows are as long as the longest episode. */
    private static SftData ofDemonstrations(
            SftRecipe recipe, DemonstrationSettings settings, ConversationEncoder encoder) {
        Demonstrations all = Demonstrations.of(settings, recipe.run());
        boolean actionsOnly = recipe.lossOn() != LossOn.EVERY_TOKEN;
        List<TokenDocument> train = documents(all.train(), encoder, actionsOnly);
        List<TokenDocument> heldOut = documents(all.heldOut(), encoder, actionsOnly);
        int longest = Stream.concat(train.stream(), heldOut.stream())
                .mapToInt(TokenDocument::length)
                .max()
                .orElse(1);
        return new SftData(train, heldOut, List.of(all.source()), longest);
    }

    private static List<TokenDocument> documents(
            List<Demonstration> episodes, ConversationEncoder encoder, boolean actionsOnly) {
        return episodes.stream()
                .map(episode -> document(episode, encoder, actionsOnly))
                .toList();
    }

    private static TokenDocument document(Demonstration episode, ConversationEncoder encoder, boolean actionsOnly) {
        List<Demonstration.Turn> turns = episode.turns();
        Prompt first = Prompt.text(turns.get(0).state());
        EpisodeTokens tokens = new EpisodeTokens(encoder.tokenizer(), encoder.prompt(first))
                .action(turns.get(0).action());
        for (Demonstration.Turn turn : turns.subList(1, turns.size())) {
            tokens.state(turn.state()).action(turn.action());
        }
        return actionsOnly ? tokens.document() : TokenDocument.whole(tokens.context());
    }
}
