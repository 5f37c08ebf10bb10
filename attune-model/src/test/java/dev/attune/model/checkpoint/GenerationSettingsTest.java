package dev.attune.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Settings that {@code GenerationConfig.save_pretrained} of transformers 5.18 refuses, and what is left of them. */
class GenerationSettingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'do_sample':false,'temperature':0.7,'top_p':0.9,'eos_token_id':[1,2]} | {'do_sample':false,'eos_token_id':[1,2]}",
                "{'temperature':0.7,'min_p':0.1,'top_k':20} | {}",
                "{'do_sample':null,'typical_p':0.5,'epsilon_cutoff':0.1,'eta_cutoff':0.1} | {'do_sample':null}",
                "{'early_stopping':true,'length_penalty':2.0,'num_beams':1} | {'num_beams':1}",
                "{'num_return_sequences':2} | {}",
                "{'output_scores':true,'output_attentions':false} | {'output_attentions':false}",
                "{'max_new_tokens':-1,'pad_token_id':-1} | {}",
                "{'use_cache':false,'cache_implementation':'hybrid'} | {'use_cache':false}",
            })
    void settingsWithoutEffectAreRemoved(String given, String expected) {
        ObjectNode json = json(given);

        assertThat(GenerationSettings.removeUnused(json)).isTrue();
        assertThat(json).isEqualTo(json(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'do_sample':true,'temperature':0.7,'top_p':0.9,'top_k':20,'min_p':0.1,'num_return_sequences':2}",
                "{'do_sample':false,'temperature':1.0,'top_p':1.0,'top_k':50,'typical_p':1.0,'min_p':null}",
                "{'num_beams':4,'early_stopping':true,'length_penalty':2.0,'num_return_sequences':2}",
                "{'return_dict_in_generate':true,'output_scores':true,'cache_implementation':'hybrid'}",
                "{'_from_model_config':true,'output_attentions':false,'use_cache':true,'pad_token_id':0}",
            })
    void settingsWithAnEffectStay(String given) {
        ObjectNode json = json(given);

        assertThat(GenerationSettings.removeUnused(json)).isFalse();
        assertThat(json).isEqualTo(json(given));
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
