package dev.attune.studio.inspect;

import dev.attune.core.rollout.RolloutFiles;
import dev.attune.core.rollout.RolloutOutline;
import dev.attune.studio.run.FileStamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cache of the outlines of rollout files, so that stepping through rollouts reads a file once. */
public final class RecentOutlines {
    private static final int KEPT = 8;

    private final Map<Path, Kept> recent = new LinkedHashMap<>(KEPT, 0.75f, true);

    /** The outlines of a file, with its stamp. */
    private record Kept(Optional<FileStamp> stamp, List<RolloutOutline> outlines) {}

    synchronized List<RolloutOutline> of(Path file) {
        try {
            Optional<FileStamp> stamp = FileStamp.of(file);
            Kept known = recent.get(file);
            if (known != null && known.stamp().equals(stamp)) {
                return known.outlines();
            }
            List<RolloutOutline> outlines = List.copyOf(RolloutFiles.outlines(file));
            recent.put(file, new Kept(stamp, outlines));
            if (recent.size() > KEPT) {
                recent.remove(recent.keySet().iterator().next());
            }
            return outlines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
