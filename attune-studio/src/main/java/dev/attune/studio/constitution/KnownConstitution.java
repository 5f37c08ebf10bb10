package dev.attune.studio.constitution;

import dev.attune.feedback.constitution.Constitution;
import dev.attune.studio.job.FoundJob;
import dev.attune.studio.page.Address;
import java.util.List;

/**
 * A version of a constitution.
 *
 * @param builtIn whether it comes with Attune
 * @param jobs that used it
 */
public record KnownConstitution(Constitution constitution, boolean builtIn, List<FoundJob> jobs) {
    public String hash() {
        return constitution.hash();
    }

    /** Its name among the versions of its name. */
    public String version() {
        return "version " + constitution.version() + " (" + hash() + ")";
    }

    /** The address of its page. */
    public String link() {
        return Address.of("/constitutions/show").with("hash", hash()).toString();
    }
}
