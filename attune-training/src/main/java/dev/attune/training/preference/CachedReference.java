package dev.attune.training.preference;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.io.Hashing;
import dev.attune.core.json.Json;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.batch.TokenDocument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A reference whose log-probabilities are computed once and kept in a file, so that its weights need no memory while the
 * policy learns, and a resumed run reads the numbers of the interrupted one.
 *
 * <p>The file's name is a hash of the reference's weights and of the precision it computes in. A number's key is a hash of
 * the document's token ids and of which of them are targets, so that template, cut and end token are in it; a document that
 * is not in the file is computed. Numbers are sums over targets, whether a loss averages them or not.
 */
public final class CachedReference implements Reference {
    /** Documents whose numbers are computed together; their number bounds the memory for tokens. */
    private static final int CHUNK = 256;

    /** The numbers are stored when they have grown by one part of so many: the work that an interrupted run may repeat. */
    private static final int SAVED_PART = 4;

    private static final int KEY_LENGTH = 32;

    private final Supplier<CausalLm> model;
    private final String identity;
    private final boolean start;
    private final Path folder;
    private final int micro;
    private final Consumer<String> notes;

    /**
     * @param model loads the reference; it is closed here
     * @param identity what determines its numbers: a hash of its weights, and its precision
     * @param start see {@link Reference#isStart}
     * @param folder of the cache; made if it is missing
     * @param micro documents that pass through the model at once
     * @param notes receives what was computed and what was read
     */
    public CachedReference(
            Supplier<CausalLm> model, String identity, boolean start, Path folder, int micro, Consumer<String> notes) {
        this.model = model;
        this.identity = identity;
        this.start = start;
        this.folder = folder;
        this.micro = micro;
        this.notes = notes;
    }

    /** The content of the file. */
    record Stored(String reference, Map<String, Double> logProbabilities) {}

    @Override
    public boolean isStart() {
        return start;
    }

    /** The file with the numbers. */
    public Path file() {
        return folder.resolve(Hashing.sha256(identity).substring(0, KEY_LENGTH) + ".json");
    }

    @Override
    public double[] sums(Stream<TokenDocument> documents) {
        try (Session session = new Session(read())) {
            documents.forEachOrdered(session::add);
            session.computeChunk();
            session.finish();
            return session.sums.build().toArray();
        }
    }

    private Map<String, Double> read() {
        return Files.isRegularFile(file())
                ? new HashMap<>(Json.read(file(), Stored.class).logProbabilities())
                : new HashMap<>();
    }

    private static String key(TokenDocument document) {
        ByteBuffer bytes = ByteBuffer.allocate(document.length() * (Integer.BYTES + 1));
        IntStream.of(document.tokens()).forEach(bytes::putInt);
        IntStream.range(0, document.length())
                .forEach(position -> bytes.put((byte) (document.isTarget(position) ? 1 : 0)));
        return Hashing.sha256(bytes.array()).substring(0, KEY_LENGTH);
    }

    /** The numbers of one call; the model is loaded if one of them is missing. */
    private final class Session implements AutoCloseable {
        private final Map<String, Double> known;
        private final int before;
        private int saved;
        private final DoubleStream.Builder sums = DoubleStream.builder();
        private final List<TokenDocument> chunk = new ArrayList<>();
        private @Nullable CausalLm loaded;

        Session(Map<String, Double> known) {
            this.known = known;
            this.before = known.size();
            this.saved = before;
        }

        void add(TokenDocument document) {
            chunk.add(document);
            if (chunk.size() == CHUNK) {
                computeChunk();
                notes.accept("reference log-probabilities of " + known.size() + " completions so far");
            }
        }

        void computeChunk() {
            List<String> keys = chunk.stream().map(CachedReference::key).toList();
            Map<String, TokenDocument> missing = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                if (!known.containsKey(keys.get(i))) {
                    missing.put(keys.get(i), chunk.get(i));
                }
            }
            if (!missing.isEmpty()) {
                compute(missing);
                saveIfGrown();
            }
            keys.forEach(key -> sums.add(Objects.requireNonNull(known.get(key))));
            chunk.clear();
        }

        private void compute(Map<String, TokenDocument> missing) {
            double[] found = SequenceLogProbabilities.sums(open(), List.copyOf(missing.values()), micro);
            int i = 0;
            for (String key : missing.keySet()) {
                if (!Double.isFinite(found[i])) {
                    throw new RunFailedException("the reference gives a completion the log-probability " + found[i]);
                }
                known.put(key, found[i++]);
            }
        }

        private CausalLm open() {
            CausalLm open = loaded;
            if (open == null) {
                open = model.get();
                loaded = open;
            }
            return open;
        }

        /** The file is written as a whole each time, so it has to grow by a part of itself in between. */
        private void saveIfGrown() {
            if (known.size() - saved >= Math.max(CHUNK, saved / SAVED_PART)) {
                save();
            }
        }

        private void save() {
            saved = known.size();
            try {
                Files.createDirectories(folder);
                AtomicFiles.write(file(), Json.line(new Stored(identity, new TreeMap<>(known))));
            } catch (IOException e) {
                throw new RunFailedException("cannot write " + file() + ": " + e.getMessage(), e);
            }
        }

        void finish() {
            int computed = known.size() - before;
            if (known.size() > saved) {
                save();
            }
            notes.accept(
                    computed == 0
                            ? "reference log-probabilities read from " + file()
                            : "reference log-probabilities of " + computed + " completions computed and stored in "
                                    + file());
        }

        @Override
        public void close() {
            if (loaded != null) {
                loaded.close();
            }
        }
    }
}
