package dev.attune.feedback.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The seats of a project's tasks, to be filled by labelers of imported rankings. */
final class Seats {
    private static final int AT_ONCE = 1000;

    private record Seat(
            String task, int number, boolean free, @Nullable String labeler) {}

    private final Handle handle;
    private final Project project;
    private final Map<String, List<Seat>> seats = new HashMap<>();
    private final List<Seat> filled = new ArrayList<>();
    private final InsertBatch more = new InsertBatch();

    /** @param tasks the ranked tasks; their seats are locked until the transaction ends */
    Seats(Store store, Handle handle, Project project, Collection<String> tasks) {
        this.handle = handle;
        this.project = project;
        List<String> sorted = tasks.stream().distinct().sorted().toList();
        for (int from = 0; from < sorted.size(); from += AT_ONCE) {
            handle.createQuery("SELECT s.task, s.number, s.state, s.labeler FROM seat s WHERE s.task IN (<tasks>)"
                            + " ORDER BY s.task, s.number" + store.holding("s"))
                    .bindList("tasks", sorted.subList(from, Math.min(sorted.size(), from + AT_ONCE)))
                    .map((row, context) -> new Seat(
                            row.getString("task"),
                            row.getInt("number"),
                            row.getString("state").equals("free"),
                            row.getString("labeler")))
                    .forEach(seat -> of(seat.task()).add(seat));
        }
    }

    private List<Seat> of(String task) {
        return seats.computeIfAbsent(task, key -> new ArrayList<>());
    }

    /** Marks a task as done by a labeler: at the labeler's seat, a free one, or an additional one. */
    void done(String task, String labeler) {
        List<Seat> all = of(task);
        Optional<Seat> seat = all.stream()
                .filter(one -> labeler.equals(one.labeler()))
                .findFirst()
                .or(() -> all.stream().filter(Seat::free).findFirst());
        if (seat.isPresent()) {
            Seat taken = new Seat(task, seat.get().number(), false, labeler);
            all.set(all.indexOf(seat.get()), taken);
            filled.add(taken);
            return;
        }
        int last = all.stream().mapToInt(Seat::number).max().orElse(0);
        all.add(new Seat(task, last + 1, false, labeler));
        more.add(Insert.into("seat")
                .value("project", project.id())
                .value("task", task)
                .value("number", last + 1)
                .value("state", "done")
                .value("labeler", labeler));
    }

    /** Writes the changed seats. */
    void run() {
        if (!filled.isEmpty()) {
            PreparedBatch batch = handle.prepareBatch("UPDATE seat SET state = 'done', labeler = :labeler,"
                    + " leased_until = NULL WHERE task = :task AND number = :number");
            filled.forEach(seat -> batch.bind("labeler", seat.labeler())
                    .bind("task", seat.task())
                    .bind("number", seat.number())
                    .add());
            batch.execute();
        }
        more.run(handle);
    }
}
