package dev.attune.feedback.transfer;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.ManualClock;
import dev.attune.feedback.store.Assignment;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Judgement;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Queue;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Submission;
import dev.attune.feedback.store.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Rankings that two people give of four completions each: strict, tied, partial, all bad. */
final class SampleRankings {
    private static final String ODD = "Robert'); DROP TABLE ranking;-- \u2028 \"quoted\"\t\\ 漢字 <b> 🦊\n";

    private SampleRankings() {}

    /** Two labelers rank each of so many tasks under each of the project's criteria. */
    static void rankings(Store store, ManualClock clock, Project project, int tasks) {
        Random random = new Random(7);
        Project twice = new Project(project.id(), project.name(), 2, project.leaseSeconds(), project.criteria());
        List<Tasks.Draft> drafts =
                IntStream.range(0, tasks).mapToObj(SampleRankings::draft).toList();
        new Tasks(store).add(twice, drafts, new Labelers(store).all().get(0).id());
        Queue queue = new Queue(store);
        for (String name : List.of("Åsa", "Ben \"B\" O'Neil")) {
            String labeler = new Labelers(store).add(name, Labeler.Role.LABELER).id();
            for (int i = 0; i < tasks; i++) {
                clock.advance(Duration.ofMillis(random.nextInt(3) * 731L));
                Assignment open = queue.next(twice, labeler).orElseThrow();
                queue.submit(new Submission(
                        name + i,
                        open.task(),
                        labeler,
                        project.criteria().stream()
                                .map(criterion -> judgement(criterion, random))
                                .toList(),
                        random.nextDouble()));
            }
        }
    }

    /** Some are the same, as are some of the completions. */
    private static Tasks.Draft draft(int i) {
        Prompt prompt = i % 3 == 0
                ? Prompt.chat(new Message("system", ODD), Message.user("Question " + i / 2))
                : Prompt.text("Question " + i / 2 + ODD);
        return new Tasks.Draft(
                prompt,
                List.of(
                        new Ranking.Completion(ODD, "model-a"),
                        new Ranking.Completion("second " + i % 2, null),
                        new Ranking.Completion("third", ODD),
                        new Ranking.Completion("second " + i % 2, "model-b")));
    }

    private static Judgement judgement(Criterion criterion, Random random) {
        List<Integer> all = new ArrayList<>(List.of(0, 1, 2, 3));
        Collections.shuffle(all, random);
        int ranked = 1 + random.nextInt(4);
        List<List<Integer>> order = new ArrayList<>();
        for (int index : all.subList(0, ranked)) {
            if (!order.isEmpty() && random.nextInt(3) == 0) {
                order.get(order.size() - 1).add(index);
            } else {
                order.add(new ArrayList<>(List.of(index)));
            }
        }
        return new Judgement(criterion.name(), order, all.subList(ranked, 4), random.nextInt(10) == 0);
    }
}
