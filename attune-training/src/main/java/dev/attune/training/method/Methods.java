package dev.attune.training.method;

import dev.attune.core.error.BadInputException;
import dev.attune.training.plugin.Plugins;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The registered training methods by name, those of Attune and of plugins. */
public final class Methods {
    private final Map<String, TrainingMethod<?>> byName = new LinkedHashMap<>();

    private Methods(Plugins plugins) {
        for (TrainingMethod<?> method : plugins.services(TrainingMethod.class)) {
            TrainingMethod<?> other = byName.putIfAbsent(method.name(), method);
            if (other != null) {
                throw BadInputException.at(
                        "method " + method.name(),
                        "two of this name: " + other.getClass().getName() + " and "
                                + method.getClass().getName(),
                        "names that differ",
                        "remove one of the jars from 'plugins'");
            }
        }
    }

    /** The methods on the class path. */
    public static Methods registered() {
        return of(List.of());
    }

    /**
     * The methods on the class path and in these jars. The jars stay open while a method of theirs is in use.
     *
     * @throws BadInputException if a jar is missing, or two methods have one name
     */
    @SuppressWarnings("resource") // classes of the method are loaded as long as it is used
    public static Methods of(List<String> plugins) {
        return new Methods(new Plugins(plugins));
    }

    public Collection<TrainingMethod<?>> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** The method of this name, or null. */
    public @Nullable TrainingMethod<?> find(String name) {
        return byName.get(name);
    }

    public Collection<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }
}
