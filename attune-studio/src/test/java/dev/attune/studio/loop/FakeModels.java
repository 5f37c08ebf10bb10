package dev.attune.studio.loop;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.ScoringModel;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import dev.attune.studio.Models;
import java.util.List;

/** Models that say who they are, and never the same twice. */
final class FakeModels implements Models {
    @Override
    public TextModel text(String address) {
        return new TextModel() {
            @Override
            public List<TextCompletion> complete(List<Prompt> prompts, SamplingOptions options, long seed) {
                return prompts.stream()
                        .map(prompt -> new TextCompletion(
                                "answer " + seed + " by " + address, 3, -1, TextCompletion.StopReason.LENGTH))
                        .toList();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public ScoringModel scoring(String address) {
        throw new IllegalStateException("nothing is scored here");
    }
}
