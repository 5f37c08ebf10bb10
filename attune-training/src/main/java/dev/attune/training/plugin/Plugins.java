package dev.attune.training.plugin;

import dev.attune.core.environment.EnvironmentProvider;
import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.Hashing;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.reward.RewardProvider;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The Java classes that a recipe names: environments, services of {@link EnvironmentProvider}; and reward functions,
 * services of {@link RewardFunction} by class name or simple name first, then any class by its full name. All may come
 * from the jars that the recipe names.
 */
public final class Plugins implements AutoCloseable {
    private final URLClassLoader loader;

    /** @param plugins jars, or folders of classes */
    public Plugins(List<String> plugins) {
        List<URL> urls = new ArrayList<>();
        for (String plugin : plugins) {
            urls.add(url(plugin));
        }
        loader = new URLClassLoader(urls.toArray(URL[]::new), RewardFunction.class.getClassLoader());
    }

    private static URL url(String plugin) {
        Path path = Path.of(plugin);
        if (!Files.exists(path)) {
            throw BadInputException.at("plugins: " + plugin, "no such file", "a jar", "check the path in the recipe");
        }
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw BadInputException.at("plugins: " + plugin, "a path that cannot be read", "a jar", "rename it");
        }
    }

    /** The hash of a jar, or of a folder of classes. */
    public static String sha256(Path plugin) {
        try {
            return Files.isDirectory(plugin) ? Hashing.sha256OfFolder(plugin) : Hashing.sha256(plugin);
        } catch (IOException e) {
            throw new RunFailedException(plugin + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** The services of this type, those on the class path first. */
    public <T> List<T> services(Class<T> type) {
        return usable(() -> ServiceLoader.load(type, loader).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** @throws BadInputException if there is no such class, or it is not a reward function */
    public RewardFunction named(String name) {
        return service(name).orElseGet(() -> instance(name));
    }

    private RewardFunction instance(String name) {
        try {
            Object instance =
                    Class.forName(name, true, loader).getDeclaredConstructor().newInstance();
            if (instance instanceof RewardFunction function) {
                return function;
            }
            throw invalid(name, "a class that is not a reward function", "implement " + RewardFunction.class.getName());
        } catch (ClassNotFoundException e) {
            throw invalid(name, "no such class", "check the name, or add its jar to 'plugins'");
        } catch (ReflectiveOperationException | LinkageError e) {
            throw invalid(
                    name,
                    "a class that cannot be instantiated: " + e,
                    "give it a public constructor without parameters, and its jar's dependencies");
        }
    }

    /** @throws BadInputException if there is no environment with this name */
    public EnvironmentProvider environment(String name) {
        return provider("environment", name, services(EnvironmentProvider.class), EnvironmentProvider::name);
    }

    /** @throws BadInputException if there is no reward function with this name */
    public RewardProvider reward(String name) {
        return provider("reward function", name, services(RewardProvider.class), RewardProvider::name);
    }

    private static <T> T provider(String kind, String name, List<T> all, Function<T, String> naming) {
        return all.stream()
                .filter(provider -> naming.apply(provider).equals(name))
                .findFirst()
                .orElseThrow(() -> BadInputException.at(
                        kind + " " + name,
                        "no " + kind + " with this name",
                        all.isEmpty()
                                ? "one on the class path"
                                : "one of " + all.stream().map(naming).sorted().collect(Collectors.joining(", ")),
                        "check the name, or add its jar to 'plugins'"));
    }

    /** The service with this class name or simple name, if there is one. */
    private Optional<RewardFunction> service(String name) {
        return usable(() -> ServiceLoader.load(RewardFunction.class, loader).stream().toList().stream()
                .filter(provider -> provider.type().getName().equals(name)
                        || provider.type().getSimpleName().equals(name))
                .findFirst()
                .map(ServiceLoader.Provider::get));
    }

    private static <T> T usable(Supplier<T> services) {
        try {
            return services.get();
        } catch (ServiceConfigurationError e) {
            throw unusable(e);
        }
    }

    private static BadInputException unusable(ServiceConfigurationError e) {
        return BadInputException.at(
                "plugins",
                "a service that cannot be instantiated: " + e.getMessage(),
                "services with a public constructor without parameters",
                "correct META-INF/services in the jar, or remove the jar");
    }

    private static BadInputException invalid(String name, String found, String remedy) {
        return BadInputException.at("reward class " + name, found, "a reward function", remedy);
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new IllegalStateException("the plugins cannot be closed: " + e.getMessage(), e);
        }
    }
}
