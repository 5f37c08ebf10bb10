package dev.attune.core.data;

import dev.attune.core.data.raw.RowKeys;
import dev.attune.core.data.thirdparty.ArenaBattle;
import dev.attune.core.data.thirdparty.Gsm8kSolutions;
import dev.attune.core.data.thirdparty.HelpSteerPreference;
import dev.attune.core.data.thirdparty.LlamaFactoryKto;
import dev.attune.core.data.thirdparty.LlamaFactoryPreference;
import dev.attune.core.data.thirdparty.Nectar;
import dev.attune.core.data.thirdparty.OpenAiPreference;
import dev.attune.core.data.thirdparty.PkuSafeRlhf;
import dev.attune.core.data.thirdparty.RatedGenerations;
import dev.attune.core.data.thirdparty.StackExchangePaired;
import dev.attune.core.data.thirdparty.StanfordHumanPreferences;
import dev.attune.core.data.thirdparty.SummaryComparison;
import dev.attune.core.data.thirdparty.ThirdPartyShape;
import dev.attune.core.data.thirdparty.UltraFeedback;
import dev.attune.core.data.thirdparty.WebGptComparison;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The registry of third-party shapes, in the order in which they are tried. */
final class ThirdPartyFormats {
    private static final Map<DataFormat, ThirdPartyShape> SHAPES = new EnumMap<>(Map.ofEntries(
            Map.entry(DataFormat.PKU_SAFERLHF, new PkuSafeRlhf()),
            Map.entry(DataFormat.HELPSTEER_PREFERENCE, new HelpSteerPreference()),
            Map.entry(DataFormat.NECTAR, new Nectar()),
            Map.entry(DataFormat.ARENA, new ArenaBattle()),
            Map.entry(DataFormat.ULTRAFEEDBACK, new UltraFeedback()),
            Map.entry(DataFormat.SHP, new StanfordHumanPreferences()),
            Map.entry(DataFormat.SUMMARIZE_FROM_FEEDBACK, new SummaryComparison()),
            Map.entry(DataFormat.WEBGPT, new WebGptComparison()),
            Map.entry(DataFormat.STACK_EXCHANGE_PAIRED, new StackExchangePaired()),
            Map.entry(DataFormat.DISTILABEL, new RatedGenerations()),
            Map.entry(DataFormat.OPENAI_PREFERENCE, new OpenAiPreference()),
            Map.entry(DataFormat.LLAMA_FACTORY_PREFERENCE, new LlamaFactoryPreference()),
            Map.entry(DataFormat.LLAMA_FACTORY_KTO, new LlamaFactoryKto()),
            Map.entry(DataFormat.GSM8K_SOLUTIONS, new Gsm8kSolutions())));

    private ThirdPartyFormats() {}

    /** The shape of a format; null for Attune's own formats. */
    static @Nullable ThirdPartyShape shape(DataFormat format) {
        return SHAPES.get(format);
    }

    /** The format whose shape a row has, or null. */
    static @Nullable DataFormat detect(RowKeys row) {
        return SHAPES.entrySet().stream()
                .filter(shape -> shape.getValue().matches(row))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
