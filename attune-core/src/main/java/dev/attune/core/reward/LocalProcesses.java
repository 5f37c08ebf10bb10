package dev.attune.core.reward;

import dev.attune.core.io.Folders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Programs as processes of this machine, with limits and no isolation: they can read and write what this user can, and use
 * the network. Only for programs that are trusted or already isolated. Each runs in an empty folder of its own, which is
 * deleted, with no environment variables but PATH. At its end the process and all processes that it was seen to start are killed.
 */
public final class LocalProcesses implements Sandbox {
    private static final long POLL_MILLISECONDS = 20;

    @Override
    public Result run(Program program) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("attune-program");
            for (Map.Entry<String, String> file : program.files().entrySet()) {
                Files.writeString(folder.resolve(plain(file.getKey())), file.getValue());
            }
            return new Run(start(program, folder), program).await();
        } catch (IOException e) {
            return new Result(Ending.NOT_STARTED, -1, String.valueOf(e.getMessage()));
        } finally {
            if (folder != null) {
                delete(folder);
            }
        }
    }

    private static String plain(String name) {
        if (!name.matches("[\\w.-]+") || name.matches("\\.+")) {
            throw new IllegalArgumentException("the file name '" + name + "'");
        }
        return name;
    }

    private static Process start(Program program, Path folder) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(program.command()).directory(folder.toFile()).redirectErrorStream(true);
        String path = builder.environment().get("PATH");
        builder.environment().clear();
        if (path != null) {
            builder.environment().put("PATH", path);
        }
        return builder.start();
    }

    private static void delete(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException | UncheckedIOException e) {
            // a process that escaped may still write there; the folder is left to the system's cleaning
        }
    }

    /** One running process. */
    private static final class Run {
        private final Process process;
        private final Program program;
        private final Set<ProcessHandle> started = new HashSet<>();
        private final ByteArrayOutputStream output = new ByteArrayOutputStream();
        private volatile boolean tooMuch;
        private final Thread reader;

        Run(Process process, Program program) {
            this.process = process;
            this.program = program;
            this.reader = daemon(this::read);
            daemon(this::write);
        }

        private static Thread daemon(Runnable work) {
            Thread thread = new Thread(work, "attune-program");
            thread.setDaemon(true);
            thread.start();
            return thread;
        }

        Result await() {
            long end = System.nanoTime() + program.limits().time().toNanos();
            boolean ended = false;
            try {
                while (!ended && !tooMuch && System.nanoTime() < end) {
                    process.descendants().forEach(started::add);
                    ended = process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
                }
                if (ended) {
                    // output that is still in the pipe; a child that keeps it open must not hold the run up
                    reader.join(Math.max(POLL_MILLISECONDS, Math.min(1000, (end - System.nanoTime()) / 1_000_000)));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                kill();
            }
            if (tooMuch) {
                return new Result(Ending.OUTPUT, -1, text());
            }
            return ended ? new Result(Ending.EXITED, process.exitValue(), text()) : new Result(Ending.TIME, -1, text());
        }

        private void kill() {
            process.descendants().forEach(started::add);
            process.destroyForcibly();
            started.forEach(handle -> {
                handle.descendants().forEach(ProcessHandle::destroyForcibly);
                handle.destroyForcibly();
            });
        }

        private void read() {
            byte[] buffer = new byte[8192];
            int limit = program.limits().outputBytes();
            try (InputStream in = process.getInputStream()) {
                for (int count = in.read(buffer); count >= 0 && !tooMuch; count = in.read(buffer)) {
                    tooMuch = append(buffer, count, limit);
                }
            } catch (IOException e) {
                // the process was killed
            }
        }

        private synchronized boolean append(byte[] buffer, int count, int limit) {
            int room = limit - output.size();
            output.write(buffer, 0, Math.min(room, count));
            return count > room;
        }

        private synchronized String text() {
            return output.toString(StandardCharsets.UTF_8);
        }

        private void write() {
            try (OutputStream out = process.getOutputStream()) {
                out.write(program.input().getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // the process ended without reading all of its input
            }
        }
    }
}
