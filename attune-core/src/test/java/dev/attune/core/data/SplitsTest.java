package dev.attune.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitsTest {
    /** 600 rows over 200 prompts. */
    private static final List<Row.PromptRow> ROWS = IntStream.range(0, 600)
            .mapToObj(i -> new Row.PromptRow(i + 1, Prompt.text("prompt " + i % 200)))
            .toList();

    private static Set<Prompt> prompts(List<Row.PromptRow> rows) {
        Set<Prompt> prompts = new HashSet<>();
        rows.forEach(row -> prompts.add(row.prompt()));
        return prompts;
    }

    @Test
    void keepsPromptsOnOneSide() {
        Split<Row.PromptRow> split = Splits.byPrompt(ROWS, 0.25, 7);
        assertThat(split.train().size() + split.heldOut().size()).isEqualTo(600);
        assertThat(Collections.disjoint(prompts(split.train()), prompts(split.heldOut())))
                .isTrue();
        assertThat(prompts(split.heldOut()).size() / 200.0).isCloseTo(0.25, within(0.08));
        assertThat(Splits.byPrompt(ROWS, 0, 7).heldOut()).isEmpty();
        assertThat(Splits.byPrompt(ROWS, 1, 7).train()).isEmpty();
    }

    @Test
    void dependsOnPromptAndSeedAlone() {
        List<Row.PromptRow> shuffled = new ArrayList<>(ROWS.subList(0, 500));
        Collections.shuffle(shuffled, new Random(3));
        Set<Prompt> held = prompts(Splits.byPrompt(ROWS, 0.25, 7).heldOut());
        assertThat(held).containsAll(prompts(Splits.byPrompt(shuffled, 0.25, 7).heldOut()));
        assertThat(prompts(Splits.byPrompt(ROWS, 0.25, 8).heldOut())).isNotEqualTo(held);
        // sha256("7\nprompt 0") starts with d43effc30b8bd
        assertThat(Splits.fraction("prompt 0", 7)).isCloseTo(0.8290862895187694, within(1e-12));
    }

    @Test
    void foldsHoldEachPromptOutOnce() {
        List<Split<Row.PromptRow>> folds = Splits.foldsByPrompt(ROWS, 3, 1);
        assertThat(folds).extracting(fold -> prompts(fold.heldOut()).size()).containsExactly(67, 67, 66);
        Set<Prompt> all = new HashSet<>();
        folds.forEach(fold -> {
            assertThat(Collections.disjoint(prompts(fold.train()), prompts(fold.heldOut())))
                    .isTrue();
            assertThat(all.addAll(prompts(fold.heldOut()))).isTrue();
        });
        assertThat(all).hasSize(200);
    }

    @Test
    void holdsOutNames() {
        Split<Row.PromptRow> split =
                Splits.byName(ROWS, row -> ((Prompt.Text) row.prompt()).text(), Set.of("prompt 3", "prompt 4"));
        assertThat(split.heldOut()).hasSize(6);
        assertThat(split.train()).hasSize(594);
    }

    @Test
    void keysTellPromptsApart() {
        assertThat(Splits.key(Prompt.chat(Message.user("a"), Message.assistant("b"))))
                .isNotEqualTo(Splits.key(Prompt.chat(Message.user("a"), Message.user("b"))));
    }
}
