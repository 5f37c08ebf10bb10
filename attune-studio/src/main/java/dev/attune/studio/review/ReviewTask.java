package dev.attune.studio.review;

import dev.attune.core.stats.quality.GivenRanking;
import dev.attune.feedback.quality.Adjudication;
import dev.attune.feedback.quality.Note;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.EditedAnswer;
import dev.attune.feedback.store.Judgement;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Subject;
import dev.attune.studio.page.FigureText;
import dev.attune.studio.page.Markdown;
import dev.attune.studio.ranking.RankingPage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The review page of a task.
 *
 * @param shown the order in which this reviewer sees the completions, as indices
 * @param edited edited answers; in the rankings of their labeler they follow the task's completions
 * @param known the known orders, if it is a test question
 */
public record ReviewTask(
        Project project,
        Subject subject,
        List<Integer> shown,
        List<GivenRanking> rankings,
        List<EditedAnswer> edited,
        List<Adjudication> decisions,
        List<Judgement> known,
        List<Note> notes) {
    public ReviewTask {
        shown = List.copyOf(shown);
        rankings = List.copyOf(rankings);
        edited = List.copyOf(edited);
        decisions = List.copyOf(decisions);
        known = List.copyOf(known);
        notes = List.copyOf(notes);
    }

    /**
     * A completion.
     *
     * @param place index in the task's order
     * @param name by the order in which it is shown
     * @param model the author; empty if unknown, or hidden until the reviewer has decided
     */
    public record Card(int place, String name, String html, String model) {}

    /** An answer edited by a labeler; the name is that in the labeler's own order. */
    public record Edit(String name, String who, String html) {}

    /** An order in the names of cards. */
    public record Said(String who, String order, String unranked, boolean allBad, String note) {}

    /** A criterion with the rankings under it. */
    public record Question(
            Criterion criterion,
            List<Said> labelers,
            Optional<Said> decision,
            Optional<Said> test,
            List<Integer> ranks) {
        /** Whether the form selects this rank at first: that in the decision or the known order; 0 is none. */
        public boolean begins(int place, int rank) {
            return ranks.get(place) == rank;
        }
    }

    public List<RankingPage.Turn> prompt() {
        return RankingPage.turns(subject.prompt());
    }

    public List<Card> cards() {
        boolean open = decided();
        return IntStream.range(0, shown.size())
                .mapToObj(position -> {
                    var completion = subject.completions().get(shown.get(position));
                    String model = completion.model();
                    return new Card(
                            shown.get(position),
                            RankingPage.letter(position),
                            Markdown.html(completion.text()),
                            open && model != null ? model : "");
                })
                .toList();
    }

    public List<Edit> edits() {
        return edited.stream()
                .map(one -> new Edit(name(one), one.labeler(), Markdown.html(one.text())))
                .toList();
    }

    private String name(EditedAnswer one) {
        return RankingPage.letter(shown.indexOf(one.original())) + " edited";
    }

    /** Whether every criterion is decided, so that the models' names may be shown. */
    public boolean decided() {
        return project.criteria().stream()
                .allMatch(criterion -> settled(criterion.name()).isPresent());
    }

    public List<Question> questions() {
        return project.criteria().stream().map(this::question).toList();
    }

    private Question question(Criterion criterion) {
        String name = criterion.name();
        List<Said> labelers = rankings.stream()
                .filter(given -> given.ranking().criterion().equals(name))
                .map(given -> said(
                        given.ranking().labeler(),
                        new Judgement(
                                name,
                                given.ranking().order(),
                                given.ranking().unranked(),
                                given.ranking().allBad()),
                        FigureText.seconds(given.seconds())))
                .toList();
        Optional<Said> decision =
                decision(name).map(decided -> said(decided.reviewer(), decided.judgement(), decided.reason()));
        Optional<Said> test = test(name).map(answer -> said("", answer, ""));
        return new Question(criterion, labelers, decision, test, ranks(settled(name)));
    }

    private Optional<Adjudication> decision(String criterion) {
        return decisions.stream()
                .filter(decided -> decided.judgement().criterion().equals(criterion))
                .findFirst();
    }

    private Optional<Judgement> test(String criterion) {
        return known.stream()
                .filter(answer -> answer.criterion().equals(criterion))
                .findFirst();
    }

    private Optional<Judgement> settled(String criterion) {
        return decision(criterion).map(Adjudication::judgement).or(() -> test(criterion));
    }

    private List<Integer> ranks(Optional<Judgement> judgement) {
        Integer[] ranks = new Integer[shown.size()];
        Arrays.fill(ranks, 0);
        judgement.ifPresent(settled -> {
            for (int group = 0; group < settled.order().size(); group++) {
                for (int place : settled.order().get(group)) {
                    ranks[place] = group + 1;
                }
            }
        });
        return List.of(ranks);
    }

    private Said said(String who, Judgement judgement, String note) {
        List<String> names = names(who);
        String order = judgement.order().stream()
                .map(group -> letters(names, group, " = "))
                .collect(Collectors.joining(" > "));
        return new Said(who, order, letters(names, judgement.unranked(), ", "), judgement.allBad(), note);
    }

    /** The names by index: the task's completions, then those edited by this labeler. */
    private List<String> names(String who) {
        Stream<String> own =
                edited.stream().filter(one -> one.labeler().equals(who)).map(this::name);
        return Stream.concat(
                        IntStream.range(0, shown.size()).mapToObj(place -> RankingPage.letter(shown.indexOf(place))),
                        own)
                .toList();
    }

    private static String letters(List<String> names, List<Integer> places, String between) {
        return places.stream().map(names::get).sorted().collect(Collectors.joining(between));
    }
}
