package dev.attune.training.launch;

import dev.attune.core.environment.Demonstration;
import dev.attune.core.provenance.DataSource;
import dev.attune.core.text.Exchange;
import dev.attune.core.text.Prompt;
import dev.attune.model.template.PromptEncoder;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.training.batch.EpisodeTokens;
import dev.attune.training.batch.ExchangeEncoder;
import dev.attune.training.batch.TokenDocument;
import dev.attune.training.recipe.DataSettings;
import dev.attune.training.recipe.DemonstrationSettings;
import dev.attune.training.recipe.SftRecipe;
import dev.attune.training.run.RunListener;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What supervised fine-tuning learns from, as tokens: the rows of a data set, or episodes that an environment demonstrates.
 *
 * @param maxLength the most tokens of a row
 */
record Material(List<TokenDocument> documents, List<TokenDocument> heldOut, List<DataSource> sources, int maxLength) {
    static Material of(SftRecipe recipe, Tokenizer tokenizer, RunListener listener) throws IOException {
        PromptEncoder prompts = PromptEncoder.named(tokenizer, recipe.template());
        DemonstrationSettings demonstrations = recipe.demonstrations();
        return demonstrations == null
                ? ofData(recipe, Objects.requireNonNull(recipe.data()), tokenizer, prompts, listener)
                : ofDemonstrations(recipe, demonstrations, tokenizer, prompts);
    }

    private static Material ofData(
            SftRecipe recipe, DataSettings settings, Tokenizer tokenizer, PromptEncoder prompts, RunListener listener)
            throws IOException {
        ExchangeEncoder encoder = new ExchangeEncoder(tokenizer, prompts::encode, settings.maxLength());
        RunData data = RunData.read(
                settings, recipe.evaluate(), recipe.seed(), prompt -> encoder.prompt(prompt).length, listener);
        return new Material(
                documents(data.train().demonstrations(), encoder, recipe.completionOnly()),
                documents(data.heldOutSet().demonstrations(), encoder, recipe.completionOnly()),
                data.sources(),
                settings.maxLength());
    }

    private static List<TokenDocument> documents(
            List<Exchange> exchanges, ExchangeEncoder encoder, boolean completionOnly) {
        return exchanges.stream()
                .map(exchange -> encoder.document(exchange.prompt(), exchange.completion()))
                .map(document -> completionOnly ? document : TokenDocument.whole(document.tokens()))
                .toList();
    }

    /** Rows are as long as the longest episode. */
    private static Material ofDemonstrations(
            SftRecipe recipe, DemonstrationSettings settings, Tokenizer tokenizer, PromptEncoder prompts) {
        Demonstrations all = Demonstrations.of(settings, recipe.evaluate(), recipe.plugins(), recipe.seed());
        List<TokenDocument> train = documents(all.train(), tokenizer, prompts, recipe.completionOnly());
        List<TokenDocument> heldOut = documents(all.heldOut(), tokenizer, prompts, recipe.completionOnly());
        int longest = Stream.concat(train.stream(), heldOut.stream())
                .mapToInt(TokenDocument::length)
                .max()
                .orElse(1);
        return new Material(train, heldOut, List.of(all.source()), longest);
    }

    private static List<TokenDocument> documents(
            List<Demonstration> episodes, Tokenizer tokenizer, PromptEncoder prompts, boolean actionsOnly) {
        return episodes.stream()
                .map(episode -> document(episode, tokenizer, prompts, actionsOnly))
                .toList();
    }

    private static TokenDocument document(
            Demonstration episode, Tokenizer tokenizer, PromptEncoder prompts, boolean actionsOnly) {
        List<Demonstration.Turn> turns = episode.turns();
        Prompt first = Prompt.text(turns.get(0).state());
        EpisodeTokens tokens = new EpisodeTokens(tokenizer, prompts.encode(first))
                .action(turns.get(0).action());
        for (Demonstration.Turn turn : turns.subList(1, turns.size())) {
            tokens.state(turn.state()).action(turn.action());
        }
        return actionsOnly ? tokens.document() : TokenDocument.whole(tokens.context());
    }
}
