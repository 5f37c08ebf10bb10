package dev.attune.studio.review;

import dev.attune.feedback.quality.Note;
import dev.attune.feedback.quality.ReviewItem;
import dev.attune.feedback.store.Project;
import dev.attune.studio.page.FigureText;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The list of tasks to review, by reason. */
public record ReviewQueue(Project project, List<ReviewItem> items) {
    private static final int MAX_LISTED = 100;
    private static final int EXCERPT = 100;

    public ReviewQueue {
        items = List.copyOf(items);
    }

    /**
     * Tasks for one reason.
     *
     * @param more number of further tasks that are not listed
     */
    public record Section(String title, String hint, List<Line> lines, int more) {}

    /** A task in a section. */
    public record Line(String task, String title, List<String> details) {}

    public List<Section> sections() {
        return Stream.of(
                        section(
                                "Labelers disagree",
                                "Two labelers order the same two answers differently. Lowest agreement first.",
                                item -> !item.disputed().isEmpty()),
                        section("Flagged", "A labeler reported a problem.", ReviewItem::flagged),
                        section("Skipped", "A labeler skipped the task.", ReviewItem::skipped),
                        section("Decided", "A reviewer gave the final order.", item -> !item.decided()
                                .isEmpty()),
                        section("Test questions", "The best order is known.", ReviewItem::test))
                .filter(section -> !section.lines().isEmpty())
                .toList();
    }

    private Section section(String title, String hint, Predicate<ReviewItem> belongs) {
        List<ReviewItem> all = items.stream().filter(belongs).toList();
        List<Line> lines = all.stream().limit(MAX_LISTED).map(ReviewQueue::line).toList();
        return new Section(title, hint, lines, all.size() - lines.size());
    }

    private static Line line(ReviewItem item) {
        String title = "Task " + item.subject().number() + ": " + excerpt(item);
        Stream<String> disputes = item.disputed().stream()
                .map(task -> task.criterion() + ": agreement " + FigureText.of(task.agreement()));
        Stream<String> notes = item.notes().stream().map(ReviewQueue::words);
        return new Line(
                item.subject().task(), title, Stream.concat(disputes, notes).toList());
    }

    private static String words(Note note) {
        String what = note.kind() == Note.Kind.SKIP
                ? " skipped it: "
                : note.open() ? " flagged it: " : " flagged it (resolved): ";
        return note.labeler() + what + note.reason();
    }

    private static String excerpt(ReviewItem item) {
        String text = item.subject().prompt().messages().stream()
                .map(message -> message.content())
                .collect(Collectors.joining(" / "));
        return text.codePointCount(0, text.length()) <= EXCERPT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, EXCERPT)) + "…";
    }
}
