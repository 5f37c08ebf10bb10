package dev.attune.training.method;

import dev.attune.core.error.BadInputException;
import dev.attune.core.provenance.DataSource;
import dev.attune.core.provenance.Parent;
import dev.attune.model.adapter.Adapter;
import dev.attune.model.adapter.PeftFiles;
import dev.attune.model.checkpoint.AdapterCheckpoints;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.local.LocalScoringModel;
import dev.attune.model.local.LocalTextModel;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.BaseModel;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.WeightStorage;
import dev.attune.training.models.RecipePrecision;
import dev.attune.training.models.ResolvedModel;
import dev.attune.training.models.TokenizerMatch;
import dev.attune.training.plugin.Plugins;
import dev.attune.training.recipe.LoraSettings;
import dev.attune.training.recipe.RewardSource;
import dev.attune.training.recipe.RunSettings;
import dev.attune.training.run.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run holds open: its models, tokenizers and plugins. It opens them for a method, notes where they come from, and
 * closes them in reverse order.
 */
public final class RunContext implements AutoCloseable {
    private final RunSettings settings;
    private final RunListener listener;
    private final Path folder;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<Parent> parents = new ArrayList<>();
    private final List<DataSource> data = new ArrayList<>();
    private @Nullable Plugins plugins;
    private @Nullable CausalLm base;
    private @Nullable CausalLm adapted;
    private @Nullable AdapterWriter adapterWriter;

    /** @param folder of the run, see {@link #folder} */
    public RunContext(RunSettings settings, RunListener listener, Path folder) {
        this.settings = settings;
        this.listener = listener;
        this.folder = folder;
    }

    public RunSettings settings() {
        return settings;
    }

    public RunListener listener() {
        return listener;
    }

    /** The run's folder. It is written from the first step on; while a run is opened it may not exist. */
    public Path folder() {
        return folder;
    }

    /** Keeps a resource until the run ends. */
    public <T extends AutoCloseable> T own(T resource) {
        opened.push(resource);
        return resource;
    }

    /** The directory of a model, which becomes a parent of the run's model in this role. */
    public ResolvedModel parent(String location, String role) throws IOException {
        ResolvedModel model = ResolvedModel.of(location);
        parents.add(model.parent(role));
        return model;
    }

    /** The stored model that training starts from, as a parent of the run's model. */
    public ResolvedModel start() throws IOException {
        return parent(settings.start(), "model");
    }

    /** The models that training starts from or uses. */
    public List<Parent> parents() {
        return List.copyOf(parents);
    }

    public void addParents(List<Parent> more) {
        parents.addAll(more);
    }

    /** The files that were read. */
    public List<DataSource> data() {
        return List.copyOf(data);
    }

    public void addData(List<DataSource> more) {
        data.addAll(more);
    }

    /** The tokenizer of a stored model. */
    public Tokenizer tokenizer(ResolvedModel model) {
        return own(model.tokenizerOfModel());
    }

    /** How the run renders and encodes conversations. */
    public ConversationEncoder encoder(Tokenizer tokenizer) {
        return ConversationEncoder.of(tokenizer, settings.conversation().options());
    }

    /**
     * The stored model that the run trains further: in float32, or frozen under the recipe's adapter. Its log-probabilities
     * are compared with those of another pass.
     *
     * @throws BadInputException if the adapter has dropout, which makes two passes differ
     */
    public CausalLm policy(ResolvedModel model) {
        LoraSettings lora = settings.lora();
        if (lora != null && lora.dropout() > 0) {
            throw BadInputException.at(
                    "lora.dropout",
                    "" + lora.dropout(),
                    "0 with method " + settings.method() + ", which compares log-probabilities of two passes",
                    "remove it");
        }
        return trained(Checkpoints.loadCausal(model.directory(), storage()));
    }

    /** How the model that training starts from is stored. */
    public WeightStorage storage() {
        LoraSettings lora = settings.lora();
        return lora == null
                ? WeightStorage.trainable()
                : WeightStorage.frozen(lora.base().type());
    }

    /** Whether training continues an adapter, so that the policy does not start as the model without it. */
    public boolean continuesAdapter() {
        LoraSettings lora = settings.lora();
        return lora != null && lora.start() != null;
    }

    /**
     * What is trained of a model, which the context closes: itself, or the recipe's adapter on it.
     *
     * @throws dev.attune.core.error.BadInputException if the adapter does not fit the model
     */
    public CausalLm trained(CausalLm model) {
        own(model);
        RecipePrecision.require(settings.precision(), model.config());
        CausalLm trained = model;
        if (settings.lora() != null) {
            base = model;
            trained = adapted(model.asBase());
        }
        trained.useCheckpointing(settings.gradientCheckpointing());
        return trained;
    }

    private CausalLm adapted(BaseModel base) {
        CausalLm model = own(CausalLm.adapted(base, adapter(base)));
        adapted = model;
        adapterWriter = (folder, tokenizer) ->
                AdapterCheckpoints.save(folder, model, startDirectory().toString(), tokenizer, DType.FLOAT32);
        return model;
    }

    /** The recipe's adapter, with a score head, on a language model; the caller closes it, and the context the base. */
    public RewardModel adaptedReward(CausalLm language, RewardModel.Shape shape) {
        BaseModel base = own(language).asBase().asReward(shape);
        RewardModel model = RewardModel.adapted(base, adapter(base));
        adapterWriter = (folder, tokenizer) ->
                AdapterCheckpoints.save(folder, model, startDirectory().toString(), tokenizer, DType.FLOAT32);
        return model;
    }

    private Path startDirectory() {
        return ResolvedModel.of(settings.start()).directory();
    }

    /** The recipe's adapter for a base: a new one, or the one that it continues. */
    private Adapter adapter(BaseModel base) {
        LoraSettings lora = Objects.requireNonNull(settings.lora());
        String start = lora.start();
        Adapter adapter;
        if (start == null) {
            adapter = Adapter.create(base, lora.spec(), settings.seed());
        } else {
            adapter = PeftFiles.load(ResolvedModel.of(start).directory(), base, settings.seed());
            listener.note("lora.start: training continues from " + start
                    + "; a reference of the same model is the base without it, so KL does not start at 0");
        }
        listener.note(adapter.describe());
        adapter.warnings().forEach(listener::note);
        return adapter;
    }

    private interface AdapterWriter {
        void write(Path directory, Tokenizer tokenizer);
    }

    /**
     * Writes the adapter that was trained, in PEFT's format, if one was.
     *
     * @param tokenizer of the model
     */
    public void writeAdapter(Path directory, Tokenizer tokenizer) {
        if (adapterWriter != null) {
            adapterWriter.write(directory, tokenizer);
        }
    }

    /**
     * A frozen model in the run's type for such models; under an adapter the model that it changes is its own base, without the
     * adapter.
     *
     * @param tokenizer the policy's, which must be the reference's too
     */
    public CausalLm reference(ResolvedModel model, Tokenizer tokenizer) {
        CausalLm policy = adapted;
        if (policy != null && model.directory().equals(startDirectory())) {
            return own(policy.withoutAdapter());
        }
        TokenizerMatch.requireForReference(tokenizer, model.directory());
        return own(Checkpoints.loadCausal(model.directory(), RecipePrecision.storageOfFrozen(settings.precision())));
    }

    /**
     * A reward model.
     *
     * @param source names the model
     * @param micro sequences that pass through it at once
     */
    public LocalScoringModel rewardModel(RewardSource source, int micro) throws IOException {
        Path directory =
                parent(Objects.requireNonNull(source.model()), "reward").directory();
        ConversationOptions options = settings.conversation().options().withTemplate(source.template());
        String fallback = settings.conversation().template();
        CausalLm shared = baseUnder(directory);
        return own(
                shared != null
                        ? LocalScoringModel.open(directory, shared, options, fallback, micro)
                        : LocalScoringModel.open(
                                directory,
                                options,
                                fallback,
                                micro,
                                RecipePrecision.storageOfFrozen(settings.precision())));
    }

    /**
     * A language model that a reward function uses, such as a judge.
     *
     * @param template for its conversations; null: its own
     */
    public LocalTextModel textModel(String location, @Nullable String template) throws IOException {
        Path directory = parent(location, "reward").directory();
        return own(LocalTextModel.open(
                directory,
                settings.conversation().options().withTemplate(template),
                RecipePrecision.storageOfFrozen(settings.precision())));
    }

    /** The base under the recipe's adapter, if this directory holds another adapter on it; otherwise null. */
    private @Nullable CausalLm baseUnder(Path directory) throws IOException {
        Optional<Path> named = base == null ? Optional.empty() : AdapterCheckpoints.baseOf(directory);
        return named.isPresent() && Files.isSameFile(named.get(), startDirectory()) ? base : null;
    }

    /**
     * A critic that shares the base under the recipe's adapter: an adapter of its own with a score head. The caller closes it.
     *
     * @param start names the reward model whose adapter the critic starts from; null: a new adapter with a head of zeros
     * @return null if the policy has no adapter, or the reward model is none on the same base
     */
    public @Nullable RewardModel adaptedCritic(@Nullable RewardSource start) throws IOException {
        LoraSettings lora = settings.lora();
        CausalLm shared = base;
        if (lora == null || shared == null) {
            return null;
        }
        RewardModel critic;
        if (start == null) {
            BaseModel scored = shared.asBase().asReward();
            critic = RewardModel.adapted(scored, Adapter.create(scored, lora.spec(), settings.seed()));
            critic.scale(0);
        } else {
            Path directory =
                    ResolvedModel.of(Objects.requireNonNull(start.model())).directory();
            if (baseUnder(directory) == null) {
                return null;
            }
            critic = AdapterCheckpoints.loadReward(directory, shared, settings.seed());
        }
        critic.useCheckpointing(settings.gradientCheckpointing());
        return critic;
    }

    /** The classes of the recipe's plugins and of the class path. */
    public Plugins plugins() {
        Plugins open = plugins;
        if (open == null) {
            open = own(new Plugins(settings.plugins()));
            plugins = open;
        }
        return open;
    }

    @Override
    public void close() {
        for (AutoCloseable resource : opened) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot close " + resource, e);
            }
        }
    }
}
