package dev.attune.studio.playground;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.model.SamplingOptions;
import dev.attune.feedback.sampling.Endpoint;
import dev.attune.feedback.sampling.SamplingSettings;
import dev.attune.feedback.store.Tasks;
import java.util.ArrayList;
import java.util.List;

/** A conversation of one person with two models. Synchronized on itself. */
public final class Chat {
    private final String id;
    private final String person;
    private final Plan plan;
    private final List<Turn> turns = new ArrayList<>();

    Chat(String id, String person, Plan plan) {
        this.id = id;
        this.person = person;
        this.plan = plan;
    }

    /**
     * The settings of a conversation.
     *
     * @param blind whether names are hidden until the vote
     */
    public record Plan(Endpoint first, Endpoint second, SamplingOptions options, long seed, boolean blind) {
        Endpoint model(int index) {
            return index == 0 ? first : second;
        }

        /** A different seed for every answer, so that a model compared with itself gives two answers. */
        long seed(int turn, int model) {
            return seed + 2L * turn + model;
        }
    }

    public String id() {
        return id;
    }

    String person() {
        return person;
    }

    public Plan plan() {
        return plan;
    }

    List<Turn> turns() {
        return turns;
    }

    Turn last() {
        return turns.get(turns.size() - 1);
    }

    /** The last turn as a task. */
    Tasks.Draft task() {
        List<Ranking.Completion> completions = new ArrayList<>();
        for (int model = 0; model < 2; model++) {
            Endpoint endpoint = plan.model(model);
            long seed = plan.seed(turns.size() - 1, model);
            completions.add(new Ranking.Completion(
                    last().answer(model).text(),
                    endpoint.name(),
                    SamplingSettings.of(endpoint, plan.options(), seed, 0).settings()));
        }
        return new Tasks.Draft(last().prompt(), completions);
    }
}
