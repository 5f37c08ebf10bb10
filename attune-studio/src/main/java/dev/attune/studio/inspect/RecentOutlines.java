package dev.attune.studio.inspect;

import dev.attune.core.rollout.RolloutFiles;
import dev.attune.core.rollout.RolloutOutline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The outlines of the files that were looked at last: whoever goes through a step's rollouts reads its file once. */
public final class RecentOutlines {
    private static final int KEPT = 8;

    private final Map<Path, Kept> recent = new LinkedHashMap<>(KEPT, 0.75f, true);

    /** What a file held when it was read. */
    private record Kept(FileTime written, long size, List<RolloutOutline> outlines) {}

    synchronized List<RolloutOutline> of(Path file) {
        try {
            FileTime written = Files.getLastModifiedTime(file);
            long size = Files.size(file);
            Kept known = recent.get(file);
            if (known != null && known.written().equals(written) && known.size() == size) {
                return known.outlines();
            }
            List<RolloutOutline> outlines = List.copyOf(RolloutFiles.outlines(file));
            recent.put(file, new Kept(written, size, outlines));
            if (recent.size() > KEPT) {
                recent.remove(recent.keySet().iterator().next());
            }
            return outlines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
