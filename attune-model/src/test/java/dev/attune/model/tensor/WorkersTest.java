package dev.attune.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class WorkersTest {
    @Test
    void resultsAreInTheOrderOfThePartsWhoeverEndsFirst() {
        CountDownLatch later = new CountDownLatch(2);
        List<Integer> results = Workers.map(3, part -> {
            if (part == 0) {
                awaitOthers(later);
            } else {
                later.countDown();
            }
            return part * 10;
        });
        assertThat(results).containsExactly(0, 10, 20);
    }

    @Test
    void everyItemIsWorkedOnOnceAndResultsKeepTheirOrder() {
        List<Integer> items = IntStream.range(0, 1000).boxed().toList();
        assertThat(Workers.mapEach(items, item -> item + 1))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 1000).boxed().toList());
    }

    @Test
    void workersHaveSingleThreadedKernelsAndTheCallersGradientMode() {
        int before = torch.get_num_threads();
        try (NoGrad off = NoGrad.on()) {
            assertThat(Workers.map(2, part -> torch.get_num_threads() + (GradMode.is_enabled() ? 100 : 0)))
                    .containsExactly(1, 1);
        }
        assertThat(Workers.map(2, part -> GradMode.is_enabled())).containsExactly(true, true);
        assertThat(torch.get_num_threads()).isEqualTo(before);
    }

    @Test
    void workOnAWorkerIsNotSharedAgain() {
        assertThat(Workers.map(2, part -> Workers.useful(8))).containsExactly(1, 1);
        assertThat(Workers.map(
                        2,
                        part -> Workers.map(3, inner -> Thread.currentThread().getName()).stream()
                                .distinct()
                                .count()))
                .containsExactly(1L, 1L);
    }

    @Test
    void theFailureOfTheLowestPartIsThrownAfterAllPartsHaveEnded() {
        CountDownLatch ended = new CountDownLatch(2);
        assertThatThrownBy(() -> Workers.run(3, part -> {
                    if (part > 0) {
                        ended.countDown();
                        throw new IllegalStateException("part " + part);
                    }
                }))
                .hasMessage("part 1");
        assertThat(ended.getCount()).isZero();
    }

    private static void awaitOthers(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
