package dev.attune.studio.loop;

/**
 * A method with which a policy can be trained.
 *
 * @param name in recipes
 * @param summary what it does, in one sentence without a period
 * @param sampling whether it samples completions of the project's prompts, which a reward model scores; otherwise it learns
 *     from the project's rankings
 */
public record PolicyMethod(String name, String summary, boolean sampling) {
    /** The name of its section in recipes. */
    String section() {
        return name.replaceAll("[^a-z0-9_]", "");
    }
}
