package dev.attune.model.gguf;

/**
 * Mistral, written as Llama, from which it differs only in its attention window; a window below the context is refused.
 * Files of the architecture are read as Llama.
 */
final class MistralGguf extends LlamaGguf {
    @Override
    public String modelType() {
        return "mistral";
    }

    @Override
    public boolean reads(Metadata metadata) {
        return false;
    }
}
