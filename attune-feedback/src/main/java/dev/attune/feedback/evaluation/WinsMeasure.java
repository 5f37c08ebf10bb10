package dev.attune.feedback.evaluation;

import dev.attune.core.data.NamedRow;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.judge.JudgedItem;
import dev.attune.feedback.judge.Judgement;
import dev.attune.feedback.judge.reply.AnswerKind;
import dev.attune.feedback.judge.reply.Refusals;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Prompts whose answers by two models are compared. Each model answers them by {@link #of}; {@link #compare} then has the
 * answers judged. Equal answers are a tie and an answer without words leaves its pair unscored; neither goes to the judge.
 *
 * @param place file and line in the suite
 * @param question that a language model is asked about each pair
 */
public record WinsMeasure(String name, String place, Source source, Asking asking, WinsJudge judge, String question)
        implements Measure {
    /** The question if a suite names none. */
    static final String QUESTION = "Which answer is better: more helpful, correct and clear for the person who asks?";

    static final String NO_ANSWER = "no_answer";

    @Override
    public String kind() {
        return "wins";
    }

    /** Asks for the answers, and reports their lengths and silence. */
    @Override
    public Measured of(Subject model) {
        List<NamedRow> rows = source.rows();
        List<TextCompletion> answers = asking.ask(
                model, name, rows.stream().map(row -> prompt(asked(row))).toList(), 0);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            items.add(item(rows.get(i), answers.get(i)));
        }
        Readings readings = Answers.readings(new Readings(items).rate(NO_ANSWER, Goal.LOWER));
        return new Measured(name, kind(), readings.list(), items, List.of(Answers.distinct(items)));
    }

    /**
     * Compares the answers of two models.
     *
     * @param judge gives one judgement per pair, in order
     */
    public Wins compare(Evaluated model, Evaluated against, Function<List<JudgedItem>, List<Judgement>> judge) {
        List<Item> ours = model.in(name).items();
        List<Item> theirs = against.in(name).items();
        List<JudgedItem> open = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            if (isOpen(ours.get(i), theirs.get(i))) {
                open.add(judged(ours.get(i), theirs.get(i), model.model() + " against " + against.model()));
            }
        }
        Iterator<Judgement> judgements = judge.apply(open).iterator();
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            comparisons.add(comparison(ours.get(i), theirs.get(i), judgements));
        }
        return Wins.of(name, model.model(), against.model(), comparisons, selfJudged(model, against));
    }

    private List<String> selfJudged(Evaluated model, Evaluated against) {
        boolean own = List.of(model.model(), against.model()).contains(judge.label());
        return own ? List.of("the judge is one of the two models, and may prefer its own answers") : List.of();
    }

    private static Comparison comparison(Item ours, Item theirs, Iterator<Judgement> judgements) {
        if (isOpen(ours, theirs)) {
            return Comparison.judged(ours, theirs, judgements.next());
        }
        if (isSilent(ours) || isSilent(theirs)) {
            return Comparison.silent(ours, theirs);
        }
        return Comparison.equal(ours, theirs);
    }

    /** Whether the judge has to decide. */
    private static boolean isOpen(Item ours, Item theirs) {
        return !isSilent(ours) && !isSilent(theirs) && !ours.answer().equals(theirs.answer());
    }

    private static boolean isSilent(Item item) {
        return item.values().getOrDefault(NO_ANSWER, 0.0) == 1;
    }

    /** @param models names the pair, so that judgements of other models' equal answers are kept apart */
    private JudgedItem judged(Item ours, Item theirs, String models) {
        return JudgedItem.pair(
                name + ", " + ours.place() + ", " + models,
                prompt(ours.asked()),
                ours.answer(),
                theirs.answer(),
                question);
    }

    private String asked(NamedRow row) {
        return row.text(source.prompt());
    }

    private static Prompt prompt(String asked) {
        return Prompt.chat(Message.user(asked));
    }

    private Item item(NamedRow row, TextCompletion answer) {
        boolean silent = Refusals.read(answer.text()) == AnswerKind.NO_ANSWER;
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(NO_ANSWER, silent ? 1.0 : 0);
        Answers.describe(answer, values);
        return new Item(
                row.place(),
                0,
                source.category(row),
                asked(row),
                answer.text(),
                silent ? "no answer" : "answered",
                values,
                Map.of());
    }
}
