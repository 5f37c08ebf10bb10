package dev.attune.core.reward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.reward.Sandbox.Ending;
import dev.attune.core.reward.Sandbox.Limits;
import dev.attune.core.reward.Sandbox.Program;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LocalProcessesTest {
    private final Sandbox sandbox = new LocalProcesses();

    @Test
    void givesTheExitStatusAndTheOutput() {
        Sandbox.Result result = run("read line; echo got $line; cat data.txt; exit 3", "hello\n", Limits.defaults());
        assertThat(result).isEqualTo(new Sandbox.Result(Ending.EXITED, 3, "got hello\nstored"));
    }

    @Test
    void hasNoVariablesButPath() {
        assertThat(run("echo [$HOME]", "", Limits.defaults()).output()).isEqualTo("[]\n");
    }

    @Test
    void killsAProgramAfterItsTimeWithAllThatItStarted() throws InterruptedException {
        Limits limits = new Limits(Duration.ofMillis(500), 1000);
        Sandbox.Result result = run("sleep 300 & echo $!; wait", "", limits);
        assertThat(result.ending()).isEqualTo(Ending.TIME);
        assertThat(isGone(Long.parseLong(result.output().strip()))).isTrue();
    }

    @Test
    void aChildThatKeepsTheOutputOpenDoesNotHoldTheRunUp() throws InterruptedException {
        Sandbox.Result result = run("sleep 300 & echo $!; sleep 0.2", "", Limits.defaults());
        assertThat(result.ending()).isEqualTo(Ending.EXITED);
        assertThat(isGone(Long.parseLong(result.output().strip()))).isTrue();
    }

    @Test
    void killsAProgramThatWritesTooMuch() {
        Sandbox.Result result =
                run("while true; do echo 0123456789; done", "", new Limits(Duration.ofSeconds(30), 1000));
        assertThat(result.ending()).isEqualTo(Ending.OUTPUT);
        assertThat(result.output()).hasSize(1000);
    }

    @Test
    void aMissingProgramIsNotStarted() {
        Program program = new Program(List.of("/no/such/program"), Map.of(), "", Limits.defaults());
        assertThat(sandbox.run(program).ending()).isEqualTo(Ending.NOT_STARTED);
    }

    private Sandbox.Result run(String script, String input, Limits limits) {
        return sandbox.run(new Program(List.of("/bin/sh", "-c", script), Map.of("data.txt", "stored"), input, limits));
    }

    private static boolean isGone(long pid) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            if (ProcessHandle.of(pid).map(handle -> !handle.isAlive()).orElse(true)) {
                return true;
            }
            Thread.sleep(25);
        }
        return false;
    }
}
