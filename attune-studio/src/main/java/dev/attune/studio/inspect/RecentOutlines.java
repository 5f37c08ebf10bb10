package dev.attune.studio.inspect;

import dev.attune.core.rollout.RolloutFiles;
import dev.attune.core.rollout.RolloutOutline;
import dev.attune.studio.files.FileCache;
import java.nio.file.Path;
import java.util.List;

/** A cache of the outlines of rollout files, so that stepping through rollouts reads a file once. */
public final class RecentOutlines {
    private final FileCache<List<RolloutOutline>> recent =
            new FileCache<>((file, before) -> List.copyOf(RolloutFiles.outlines(file)));

    List<RolloutOutline> of(Path file) {
        return recent.of(file);
    }
}
