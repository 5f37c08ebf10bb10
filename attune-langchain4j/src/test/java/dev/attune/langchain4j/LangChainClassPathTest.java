package dev.attune.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LangChainClassPathTest {
    private static final List<String> ENGINE =
            List.of("attune-serve", "attune-model", "attune-core", "bytedeco", "djl", "jetty");
    private static final String ANSWER = "{\"choices\":[{\"message\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]}";

    private static URL[] withoutEngine() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> ENGINE.stream().noneMatch(path::contains))
                .map(LangChainClassPathTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void aServerElsewhereNeedsNoEngineOnTheClassPath() throws Exception {
        try (StandIn server = new StandIn().replies(StandIn.json(200, ANSWER));
                URLClassLoader loader = new URLClassLoader(withoutEngine(), ClassLoader.getPlatformClassLoader())) {
            Object builder = loader.loadClass(AttuneChatModel.class.getName())
                    .getMethod("builder")
                    .invoke(null);
            Class<?> type = builder.getClass();
            type.getMethod("baseUrl", String.class).invoke(builder, server.baseUrl());
            type.getMethod("modelName", String.class).invoke(builder, "m");
            Object model = type.getMethod("build").invoke(builder);
            assertThat(model.getClass().getClassLoader()).isSameAs(loader);
            assertThat(model.getClass().getMethod("chat", String.class).invoke(model, "a"))
                    .isEqualTo("b");
        }
    }
}
