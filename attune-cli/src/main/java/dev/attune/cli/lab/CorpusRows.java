package dev.attune.cli.lab;

import dev.attune.model.tensor.Randomness;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.training.batch.PackedRow;
import dev.attune.training.batch.Packing;
import dev.attune.training.batch.TokenDocument;
import dev.attune.world.corpus.Corpus;
import dev.attune.world.corpus.CorpusDocument;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The world's corpus as an endless stream of token rows; no document is used twice. */
final class CorpusRows implements Pretraining.RowSource {
    static final String PAD = "<|pad|>";
    static final String USER = "<|user|>";
    static final String ASSISTANT = "<|assistant|>";
    static final String END = "<|end|>";

    /** The special tokens, in the order of their ids, from 0. */
    static final List<String> SPECIAL = List.of(PAD, USER, ASSISTANT, END);

    /** The chat template, in Jinja. */
    static final String CHAT_TEMPLATE =
            "{% for message in messages %}{% if message['role'] == 'user' %}<|user|>{{ message['content'] }}"
                    + "{% elif message['role'] == 'assistant' %}<|assistant|>{{ message['content'] }}<|end|>"
                    + "{% else %}{{ raise_exception('this model knows the roles user and assistant alone') }}{% endif %}"
                    + "{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}";

    /** Number of steps whose documents are sorted by length together. */
    private static final int SORTED_STEPS = 24;

    private final Iterator<CorpusDocument> documents;
    private final Tokenizer tokenizer;
    private final int longest;
    private final Randomness order;
    private final Deque<List<PackedRow>> ready = new ArrayDeque<>();
    private long chunk;

    /** @param longest maximum tokens of a document; longer ones are truncated */
    CorpusRows(Tokenizer tokenizer, int longest, long seed) {
        this.documents = Corpus.standard().stream(seed).iterator();
        this.tokenizer = tokenizer;
        this.longest = longest;
        this.order = Randomness.of(seed, "order of pretraining steps");
    }

    /** The text of a document for the model, with its end. */
    static String text(CorpusDocument document) {
        if (document instanceof CorpusDocument.Dialogue dialogue) {
            return USER + dialogue.user() + ASSISTANT + dialogue.assistant() + END;
        }
        return ((CorpusDocument.Passage) document).text() + END;
    }

    /** One row per document; the rows of a step have similar lengths, so that there is little padding. */
    @Override
    public List<PackedRow> take(int count) {
        if (ready.isEmpty()) {
            List<PackedRow> rows = new ArrayList<>(new Packing(longest).alone(next(count * SORTED_STEPS)));
            rows.sort(Comparator.comparingInt(PackedRow::length));
            int steps = rows.size() / count;
            for (int step : order.at(chunk++).permutation(steps)) {
                ready.add(rows.subList(step * count, (step + 1) * count));
            }
        }
        return ready.remove();
    }

    private List<TokenDocument> next(int count) {
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text(documents.next()));
        }
        return tokenizer.encodeAll(texts).stream().map(TokenDocument::whole).toList();
    }
}
