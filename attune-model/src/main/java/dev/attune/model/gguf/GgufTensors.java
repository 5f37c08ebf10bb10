package dev.attune.model.gguf;

import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.WeightCheck;
import dev.attune.model.transformer.WeightSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors of a model in GGUF: which weights are in each, and in which format it is written. */
final class GgufTensors {
    static final String EMBEDDING = "token_embd.weight";
    static final String HEAD = "output.weight";

    /** Matrices that stay float32, as llama.cpp has them: learned positions, and the router of experts. */
    private static final String FLOAT32 = "position_embd\\.weight|.*\\.ffn_gate_inp\\.weight";

    private final GgufFamily family;
    private final ModelConfig config;
    private final BlockFormat type;

    GgufTensors(GgufFamily family, ModelConfig config, BlockFormat type) {
        this.family = family;
        this.config = config;
        this.type = type;
    }

    /** A weight with its place. */
    record Placed(String name, long[] shape, TensorName place) {}

    /** The weights of each tensor: one, or the experts of a layer in their order. */
    static Map<String, List<Placed>> of(GgufFamily family, ModelConfig config) {
        Map<String, List<Placed>> tensors = new LinkedHashMap<>();
        WeightCheck.expected(config).forEach((name, shape) -> {
            TensorName place = family.tensor(config, name);
            tensors.computeIfAbsent(place.gguf(), none -> new ArrayList<>()).add(new Placed(name, shape, place));
        });
        tensors.values()
                .forEach(parts -> parts.sort(
                        java.util.Comparator.comparingInt(part -> part.place().part())));
        return tensors;
    }

    /** The shape of a tensor in the file. */
    static long[] shape(List<Placed> parts) {
        Placed first = parts.get(0);
        long[] one = first.place().change().ggufShape(first.shape());
        if (first.place().part() < 0) {
            return one;
        }
        long[] stacked = new long[one.length + 1];
        stacked[0] = parts.size();
        System.arraycopy(one, 0, stacked, 1, one.length);
        return stacked;
    }

    /** The tensors to write. Those that follow from the configuration belong to the open scope. */
    List<GgufWriter.Source> sources(WeightSource weights) {
        List<GgufWriter.Source> sources = new ArrayList<>();
        Map<String, List<Placed>> tensors = of(family, config);
        tensors.forEach((name, parts) -> sources.add(source(name, parts, weights)));
        if (!tensors.containsKey(HEAD) && family.repeatsTiedHead()) {
            sources.add(source(HEAD, tensors.getOrDefault(EMBEDDING, List.of()), weights));
        }
        family.derived(config)
                .forEach((name, tensor) ->
                        sources.add(new GgufWriter.Source(name, tensor.shape(), BlockFormat.F32, () -> tensor)));
        return sources;
    }

    private GgufWriter.Source source(String name, Collection<Placed> parts, WeightSource weights) {
        List<Placed> all = List.copyOf(parts);
        long[] shape = shape(all);
        return new GgufWriter.Source(name, shape, format(name, shape), () -> {
            List<Tensor> values = all.stream()
                    .map(part -> part.place().change().toGguf(weights.read(part.name())))
                    .toList();
            return all.get(0).place().part() < 0 ? values.get(0) : Tensor.stack(values, 0);
        });
    }

    private BlockFormat format(String name, long[] shape) {
        boolean vector = shape.length == 1 || (shape.length == 2 && shape[0] == 1);
        if (vector || name.matches(FLOAT32)) {
            return BlockFormat.F32;
        }
        return type.fits(shape[shape.length - 1]) ? type : BlockFormat.F16;
    }
}
