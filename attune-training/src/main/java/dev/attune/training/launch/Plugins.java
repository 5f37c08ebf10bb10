package dev.attune.training.launch;

import dev.attune.core.error.BadInputException;
import dev.attune.core.reward.RewardFunction;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Reward functions that are Java classes: services of {@link RewardFunction} by class name or simple name first, then any
 * class by its full name, also from the jars that a recipe names.
 */
final class RewardSources implements AutoCloseable {
    private final URLClassLoader loader;

    /** @param plugins jars, or folders of classes */
    RewardSources(List<String> plugins) {
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

    /** @throws BadInputException where there is no such class, or it is no reward function */
    RewardFunction named(String name) {
        for (ServiceLoader.Provider<RewardFunction> provider :
                ServiceLoader.load(RewardFunction.class, loader).stream().toList()) {
            Class<? extends RewardFunction> type = provider.type();
            if (type.getName().equals(name) || type.getSimpleName().equals(name)) {
                return provider.get();
            }
        }
        try {
            Object instance =
                    Class.forName(name, true, loader).getDeclaredConstructor().newInstance();
            if (instance instanceof RewardFunction function) {
                return function;
            }
            throw wrong(name, "a class that is no reward function", "implement " + RewardFunction.class.getName());
        } catch (ClassNotFoundException e) {
            throw wrong(name, "no such class", "check the name, or add its jar to 'plugins'");
        } catch (ReflectiveOperationException | LinkageError e) {
            throw wrong(
                    name,
                    "a class that cannot be made: " + e,
                    "give it a public constructor without parameters, and its jar's dependencies");
        }
    }

    private static BadInputException wrong(String name, String found, String remedy) {
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
