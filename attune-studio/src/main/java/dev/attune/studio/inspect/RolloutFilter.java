package dev.attune.studio.inspect;

import dev.attune.core.rollout.RolloutOutline;
import dev.attune.core.text.ConfigNamed;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The selection and order of a step's rollouts in the list. */
public enum RolloutFilter implements ConfigNamed {
    ALL("all"),
    HIGHEST_KL("highest KL"),
    NEGATIVE_KL("negative KL"),
    HIGHEST_REWARD("highest reward"),
    LOWEST_REWARD("lowest reward"),
    TRUNCATED("truncated"),
    FAULTS("faults");

    private static final int MAX_RANKED = 20;

    private final String words;

    RolloutFilter(String words) {
        this.words = words;
    }

    /** As addresses have it: {@code highest-kl}. */
    @Override
    public String configName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String words() {
        return words;
    }

    /** The indices of the listed rollouts; the first twenty of highest and lowest ones. */
    public List<Integer> of(List<RolloutOutline> rollouts) {
        Stream<Integer> numbers = IntStream.range(0, rollouts.size()).boxed();
        Comparator<Integer> byKl =
                Comparator.comparingDouble(i -> rollouts.get(i).sequenceKl());
        Comparator<Integer> byScore =
                Comparator.comparingDouble(i -> rollouts.get(i).score());
        return (switch (this) {
                    case ALL -> numbers;
                    case HIGHEST_KL -> numbers.sorted(byKl.reversed()).limit(MAX_RANKED);
                    case NEGATIVE_KL ->
                        numbers.filter(i -> rollouts.get(i).sequenceKl() < 0).sorted(byKl);
                    case HIGHEST_REWARD -> numbers.sorted(byScore.reversed()).limit(MAX_RANKED);
                    case LOWEST_REWARD -> numbers.sorted(byScore).limit(MAX_RANKED);
                    case TRUNCATED -> numbers.filter(i -> rollouts.get(i).truncated());
                    case FAULTS -> numbers.filter(i -> rollouts.get(i).fault() != null);
                })
                .toList();
    }
}
