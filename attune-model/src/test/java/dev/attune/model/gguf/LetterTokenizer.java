package dev.attune.model.gguf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tokenizer for checkpoints without one: the printable letters of ASCII, then pairs of letters, so that whatever a
 * random model generates is text.
 */
final class LetterTokenizer {
    private LetterTokenizer() {}

    /** Copies a checkpoint and adds the tokenizer. The first of three special tokens is BOS, the second EOS. */
    static Path addTo(Path model, Path folder, int vocabulary) throws IOException {
        Files.createDirectories(folder);
        for (String name : new String[] {"config.json", "model.safetensors"}) {
            Files.copy(model.resolve(name), folder.resolve(name));
        }
        Files.writeString(folder.resolve("tokenizer.json"), json(vocabulary).toString());
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"bos_token\": \"<s>\", \"eos_token\": \"</s>\"}");
        return folder;
    }

    private static ObjectNode json(int vocabulary) {
        ObjectNode json = JsonMapper.shared().createObjectNode().put("version", "1.0");
        ObjectNode model = json.putObject("model").put("type", "BPE");
        ObjectNode vocab = model.putObject("vocab");
        ArrayNode merges = model.putArray("merges");
        ArrayNode added = json.putArray("added_tokens");
        for (String special : new String[] {"<pad>", "<s>", "</s>"}) {
            added.addObject()
                    .put("id", vocab.size())
                    .put("content", special)
                    .put("special", true)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false);
            vocab.put(special, vocab.size());
        }
        vocab.put("Ġ", vocab.size());
        for (char letter = '!'; letter <= '~'; letter++) {
            vocab.put(String.valueOf(letter), vocab.size());
        }
        for (char first = 'a'; first <= 'z'; first++) {
            for (char second = 'a'; second <= 'z' && vocab.size() < vocabulary; second++) {
                vocab.put("" + first + second, vocab.size());
                merges.addArray().add("" + first).add("" + second);
            }
        }
        json.set("pre_tokenizer", PreTokenizer.GPT_2.json());
        json.set("decoder", PreTokenizer.byteLevel(true));
        return json;
    }
}
