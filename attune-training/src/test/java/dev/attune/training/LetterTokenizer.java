package dev.attune.training;

import dev.attune.model.template.ChatTemplate;
import dev.attune.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The letters a to s as tokens 4 to 22; 3 ends texts. */
public final class LetterTokenizer implements Tokenizer {
    @Override
    public int[] encode(String text) {
        return text.chars().map(letter -> letter - 'a' + 4).toArray();
    }

    @Override
    public int[] encodeWithSpecials(String text) {
        return encode(text);
    }

    @Override
    public List<int[]> encodeAll(List<String> texts) {
        return texts.stream().map(this::encode).toList();
    }

    @Override
    public String decode(int[] ids) {
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append(id < 4 ? "" : (char) ('a' + id - 4));
        }
        return text.toString();
    }

    @Override
    public String decodeRaw(int[] ids) {
        return decode(ids);
    }

    @Override
    public int vocabularySize() {
        return TinyModels.VOCABULARY;
    }

    @Override
    public Map<String, Integer> vocabulary() {
        return IntStream.rangeClosed('a', 's').boxed().collect(Collectors.toMap(Character::toString, c -> c - 'a' + 4));
    }

    @Override
    public @Nullable Integer idOf(String token) {
        return token.length() == 1 ? token.charAt(0) - 'a' + 4 : null;
    }

    @Override
    public @Nullable Integer bosId() {
        return null;
    }

    @Override
    public Integer eosId() {
        return TinyModels.END;
    }

    @Override
    public List<Integer> eosIds() {
        return List.of(TinyModels.END);
    }

    @Override
    public int padId() {
        return 0;
    }

    @Override
    public @Nullable ChatTemplate chatTemplate() {
        return null;
    }

    @Override
    public Map<String, String> specialTokens() {
        return Map.of();
    }

    @Override
    public void save(Path directory) {
        throw new UnsupportedOperationException("trainers write no tokenizer; the jobs around them do");
    }

    @Override
    public void close() {
        // Nothing to free.
    }
}
