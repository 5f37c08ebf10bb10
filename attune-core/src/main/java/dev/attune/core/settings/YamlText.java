package dev.attune.core.settings;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Writes records as YAML: snake_case keys in the order of the components, quotes only where needed. */
public final class YamlText {
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
            .build();

    private YamlText() {}

    /** The mapper, for callers that reorder keys before they write. */
    public static YAMLMapper mapper() {
        return MAPPER;
    }

    public static String of(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
