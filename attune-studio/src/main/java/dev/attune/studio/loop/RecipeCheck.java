package dev.attune.studio.loop;

import java.util.List;

/** What training knows of methods and their recipes. */
@FunctionalInterface
public interface RecipeCheck {
    /**
     * The recipe with every default written out.
     *
     * @param place its name in messages
     * @throws dev.attune.core.error.BadInputException if the recipe is invalid or has stages
     */
    String complete(String place, String yaml);

    /** The methods with which a policy can be trained, the usual one first. */
    default List<PolicyMethod> methods() {
        return List.of(new PolicyMethod("ppo", "PPO", true));
    }
}
