package dev.attune.cli;

import dev.attune.core.model.ScoringModel;
import dev.attune.core.model.TextModel;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.local.BatchedTextModel;
import dev.attune.model.local.LocalScoringModel;
import dev.attune.model.local.LocalTextModel;
import dev.attune.studio.Models;

/** The studio's models, run by the engine, which is loaded with the first model. */
final class EngineModels implements Models {
    private static final int PLACES = 32;

    private final Runnable engine;
    private boolean started;

    /** @param engine sets device and threads; called before the first model is loaded */
    EngineModels(Runnable engine) {
        this.engine = engine;
    }

    private synchronized void start() {
        if (!started) {
            engine.run();
            started = true;
        }
    }

    @Override
    public TextModel text(String address) {
        start();
        return new BatchedTextModel(LocalTextModel.open(ModelLocation.resolve(address)), PLACES);
    }

    @Override
    public ScoringModel scoring(String address) {
        start();
        return LocalScoringModel.open(ModelLocation.resolve(address), ConversationOptions.DEFAULT);
    }
}
