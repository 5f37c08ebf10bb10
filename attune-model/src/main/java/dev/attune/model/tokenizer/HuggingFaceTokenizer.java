package dev.attune.model.tokenizer;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.attune.core.error.BadInputException;
import dev.attune.core.text.TextSpan;
import dev.attune.model.template.ChatTemplate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokenizer of a model directory, run by Hugging Face's own library, so that ids are identical. Truncation, padding
 * and BPE dropout in tokenizer.json are switched off: a text is never shortened, and its ids are always the same.
 */
public final class HuggingFaceTokenizer implements Tokenizer {
    private static final TokenizersLibrary LIBRARY = TokenizersLibrary.LIB;

    private final TokenizerFiles files;
    private final TokenIndex index;
    private final SpecialTokens specials;
    private final @Nullable ChatTemplate template;
    private final Map<String, Integer> controlTokens;
    private final Set<Integer> addedIds;
    private long handle;
    private @Nullable LiteralWords literalWords;

    private HuggingFaceTokenizer(
            TokenizerFiles files,
            TokenIndex index,
            SpecialTokens specials,
            @Nullable ChatTemplate template,
            AddedTokens added,
            long handle) {
        this.files = files;
        this.index = index;
        this.specials = specials;
        this.template = template;
        this.controlTokens = added.special();
        this.addedIds = added.ids();
        this.handle = handle;
    }

    /**
     * Loads the tokenizer of a model directory.
     *
     * @throws BadInputException if there is no tokenizer.json or it cannot be read
     */
    public static HuggingFaceTokenizer load(Path directory) {
        TokenizerFiles files = TokenizerFiles.read(directory);
        String place = files.path(TokenizerFiles.TOKENIZER).toString();
        TokenIndex index = TokenIndex.of(place, json(files));
        SpecialTokens specials = SpecialTokens.read(files, index);
        ObjectNode json = complete(json(files), specials, index);
        ChatTemplate template = ModelTemplate.read(files, specials.texts());
        return new HuggingFaceTokenizer(files, index, specials, template, AddedTokens.of(json), create(place, json));
    }

    private static ObjectNode json(TokenizerFiles files) {
        ObjectNode json = files.json(TokenizerFiles.TOKENIZER);
        if (json == null) {
            throw BadInputException.at(
                    files.path(TokenizerFiles.TOKENIZER).toString(), "nothing", "a tokenizer", "fetch the file again");
        }
        return json;
    }

    private static ObjectNode complete(ObjectNode json, SpecialTokens specials, TokenIndex index) {
        json.putNull("truncation").putNull("padding");
        switchOffSampling(json);
        markSpecial(json, specials, index);
        return json;
    }

    /** Switches off BPE dropout and subword sampling, so that a text always has the same ids. */
    private static void switchOffSampling(ObjectNode json) {
        if (json.path("model") instanceof ObjectNode model) {
            if (model.has("dropout")) {
                model.putNull("dropout");
            }
            model.remove(List.of("alpha", "nbest_size"));
        }
    }

    /** Tokens with a role in tokenizer_config.json are special even if tokenizer.json does not mark them. */
    private static void markSpecial(ObjectNode json, SpecialTokens specials, TokenIndex index) {
        ArrayNode added = json.path("added_tokens") instanceof ArrayNode there ? there : json.putArray("added_tokens");
        for (String token : specials.texts().values()) {
            Integer id = index.idOf(token);
            boolean listed = false;
            for (var entry : added) {
                if (entry instanceof ObjectNode object
                        && token.equals(object.path("content").asString(""))) {
                    object.put("special", true);
                    listed = true;
                }
            }
            if (!listed && id != null) {
                added.addObject()
                        .put("id", id)
                        .put("content", token)
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", true);
            }
        }
    }

    private static long create(String place, ObjectNode json) {
        try {
            LibUtils.checkStatus();
            return LIBRARY.createTokenizerFromString(JsonMapper.shared().writeValueAsString(json));
        } catch (RuntimeException e) {
            throw new BadInputException(
                    place + ": not a tokenizer that Hugging Face's library reads: " + e.getMessage()
                            + "; fetch the file again",
                    e);
        }
    }

    @Override
    public int[] encode(String text) {
        return NativeEncoding.ids(LIBRARY.encode(open(), wellFormed(text), false));
    }

    @Override
    public int[] encodeWithSpecials(String text) {
        return NativeEncoding.ids(LIBRARY.encode(open(), wellFormed(text), true));
    }

    @Override
    public List<int[]> encodeAll(List<String> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        String[] batch = texts.stream().map(HuggingFaceTokenizer::wellFormed).toArray(String[]::new);
        List<int[]> rows = new ArrayList<>(batch.length);
        for (long encoding : LIBRARY.batchEncode(open(), batch, false)) {
            rows.add(NativeEncoding.ids(encoding));
        }
        return rows;
    }

    @Override
    public TokenizedText tokenize(String text) {
        return tokens(open(), wellFormed(text));
    }

    @Override
    public TokenizedText tokenize(String text, List<TextSpan> literal) {
        open();
        return literalWords().encode(wellFormed(text), literal);
    }

    private static TokenizedText tokens(long tokenizer, String text) {
        return NativeEncoding.tokens(LIBRARY.encode(tokenizer, text, false), TextPlaces.ofCodePoints(text));
    }

    /** Created on first use, because few texts contain special words. */
    private synchronized LiteralWords literalWords() {
        if (literalWords == null) {
            String place = files.path(TokenizerFiles.TOKENIZER).toString();
            literalWords = LiteralWords.of(
                    complete(json(files), specials, index), json -> create(place, json), HuggingFaceTokenizer::tokens);
        }
        return literalWords;
    }

    @Override
    public Map<String, Integer> controlTokens() {
        return controlTokens;
    }

    @Override
    public boolean isAdded(int id) {
        return addedIds.contains(id);
    }

    /** Replaces half of a surrogate pair by U+FFFD, as UTF-8 encoders do. */
    private static String wellFormed(String text) {
        StringBuilder copy = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            if (copy == null) {
                copy = new StringBuilder(text);
            }
            copy.setCharAt(i, '\uFFFD');
        }
        return copy == null ? text : copy.toString();
    }

    @Override
    public String decode(int[] ids) {
        return decode(ids, true);
    }

    @Override
    public String decodeRaw(int[] ids) {
        return decode(ids, false);
    }

    private String decode(int[] ids, boolean skipSpecials) {
        return LIBRARY.decode(open(), Arrays.stream(ids).asLongStream().toArray(), skipSpecials);
    }

    @Override
    public int vocabularySize() {
        return index.size();
    }

    @Override
    public Map<String, Integer> vocabulary() {
        return index.tokens();
    }

    @Override
    public @Nullable Integer idOf(String token) {
        return index.idOf(token);
    }

    @Override
    public @Nullable Integer bosId() {
        return specials.bos();
    }

    @Override
    public @Nullable Integer eosId() {
        return specials.eos().isEmpty() ? null : specials.eos().get(0);
    }

    @Override
    public List<Integer> eosIds() {
        return specials.eos();
    }

    @Override
    public int padId() {
        Integer pad = specials.pad();
        return pad == null ? 0 : pad;
    }

    @Override
    public @Nullable ChatTemplate chatTemplate() {
        return template;
    }

    @Override
    public Map<String, String> specialTokens() {
        return specials.texts();
    }

    @Override
    public void save(Path directory) {
        files.write(directory);
    }

    private long open() {
        if (handle == 0) {
            throw new IllegalStateException("this tokenizer is closed");
        }
        return handle;
    }

    @Override
    public synchronized void close() {
        if (handle != 0) {
            LIBRARY.deleteTokenizer(handle);
            handle = 0;
            if (literalWords != null) {
                literalWords.handles().forEach(LIBRARY::deleteTokenizer);
            }
        }
    }
}
