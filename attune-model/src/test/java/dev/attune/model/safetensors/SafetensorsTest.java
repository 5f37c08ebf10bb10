package dev.attune.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    @TempDir
    Path dir;

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    /** A file with that header and that many bytes of data, 0, 1, 2, ... */
    static byte[] file(String header, int dataBytes) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(json.length).put(json);
        for (int i = 0; i < dataBytes; i++) {
            buffer.put((byte) i);
        }
        return buffer.array();
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(dir.resolve(name), bytes);
    }

    private static Map<String, Tensor> two() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("a", Tensor.of(new float[] {1, -2.5f, 3e-8f, 65504}, 2, 2));
        tensors.put("b.weight", Tensor.of(new float[] {0.1f}, 1));
        return tensors;
    }

    @Test
    void whatIsWrittenIsRead() {
        Path file = dir.resolve("x.safetensors");
        SafetensorsWriter.write(file, two(), DType.FLOAT32);

        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.names()).containsExactly("a", "b.weight");
            assertThat(read.metadata()).containsEntry("format", "pt");
            assertThat(read.info("a").hasShape(2, 2)).isTrue();
            assertThat(read.readWeight("a").toFloats()).containsExactly(1, -2.5f, 3e-8f, 65504);
            assertThat(read.readWeight("b.weight").toFloats()).containsExactly(0.1f);
        }
        assertThat(dir.resolve("x.safetensors.tmp")).doesNotExist();
    }

    @Test
    void halfPrecisionIsRoundedToNearest() {
        SafetensorsWriter.write(dir.resolve("h"), two(), DType.FLOAT16);
        SafetensorsWriter.write(dir.resolve("b"), two(), DType.BFLOAT16);

        try (SafetensorsFile half = SafetensorsFile.open(dir.resolve("h"));
                SafetensorsFile brain = SafetensorsFile.open(dir.resolve("b"))) {
            assertThat(half.info("a").type()).isEqualTo(StoredType.F16);
            assertThat(half.readWeight("a").toFloats()).containsExactly(1, -2.5f, 0x1p-24f, 65504);
            assertThat(half.readWeight("b.weight").toFloats()).containsExactly(0x1.998p-4f);
            assertThat(brain.info("a").type()).isEqualTo(StoredType.BF16);
            assertThat(brain.readWeight("b.weight").toFloats()).containsExactly(0x1.9ap-4f);
            assertThat(brain.readWeight("a").toFloats()[3]).isEqualTo(65536);
        }
    }

    @Test
    void wholeNumbersKeepTheirType() {
        Map<String, Tensor> ids = Map.of("ids", Tensor.of(new long[] {3, -1}, 2));
        SafetensorsWriter.write(dir.resolve("i"), ids, DType.FLOAT16);

        try (SafetensorsFile read = SafetensorsFile.open(dir.resolve("i"))) {
            assertThat(read.read("ids").toLongs()).containsExactly(3, -1);
            assertThatThrownBy(() -> read.readWeight("ids"))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("I64");
        }
    }

    @Test
    void shardsAreWrittenAndRead() {
        SafetensorsWriter.writeModel(dir, two(), DType.FLOAT32, 16);

        assertThat(dir.resolve("model-00001-of-00002.safetensors")).exists();
        assertThat(dir.resolve(CheckpointWeights.INDEX)).content().contains("\"total_size\" : 20");
        try (CheckpointWeights weights = CheckpointWeights.open(dir)) {
            assertThat(weights.names()).containsExactly("a", "b.weight");
            assertThat(weights.read("b.weight").toFloats()).containsExactly(0.1f);
        }
    }

    @Test
    void aMissingShardIsNamed() throws IOException {
        SafetensorsWriter.writeModel(dir, two(), DType.FLOAT32, 16);
        Files.delete(dir.resolve("model-00002-of-00002.safetensors"));

        assertThatThrownBy(() -> CheckpointWeights.open(dir))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("model-00002-of-00002.safetensors");
    }

    @Test
    void anIndexCannotPointOutsideItsDirectory() throws IOException {
        Files.writeString(dir.resolve(CheckpointWeights.INDEX), "{\"weight_map\": {\"a\": \"../secret.safetensors\"}}");

        assertThatThrownBy(() -> CheckpointWeights.open(dir))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("../secret.safetensors");
    }

    @Test
    void anIndexThatMissesATensorIsRefused() throws IOException {
        SafetensorsWriter.write(dir.resolve("one.safetensors"), two(), DType.FLOAT32);
        Files.writeString(dir.resolve(CheckpointWeights.INDEX), "{\"weight_map\": {\"a\": \"one.safetensors\"}}");

        assertThatThrownBy(() -> CheckpointWeights.open(dir))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("b.weight");
    }

    @Test
    void pickledWeightsAreRefusedWithTheRemedy() throws IOException {
        Files.write(dir.resolve("pytorch_model.bin"), new byte[] {1});

        assertThatThrownBy(() -> CheckpointWeights.open(dir))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("pytorch_model.bin")
                .hasMessageContaining("save_pretrained");
    }

    @Test
    void aDirectoryWithoutWeightsSaysSo() {
        assertThatThrownBy(() -> CheckpointWeights.open(dir))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no weights");
    }

    @Test
    void dataBeyondTwoGibibytesIsRead() throws IOException {
        long big = (1L << 31) + 4096;
        String header = "{\"hole\": {\"dtype\": \"U8\", \"shape\": [" + big + "], \"data_offsets\": [0, " + big + "]},"
                + "\"end\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [" + big + ", " + (big + 4) + "]}}";
        byte[] start = file(header, 0);
        Path sparse = dir.resolve("sparse.safetensors");
        try (RandomAccessFile out = new RandomAccessFile(sparse.toFile(), "rw")) {
            out.write(start);
            out.seek(start.length + big - 1);
            out.write(7);
            out.write(new byte[] {0, 0, (byte) 0x20, (byte) 0x40});
        }

        try (SafetensorsFile read = SafetensorsFile.open(sparse)) {
            assertThat(read.readWeight("end").toFloats()).containsExactly(2.5f);
            Tensor hole = read.read("hole");
            assertThat(hole.count()).isEqualTo(big);
            assertThat(hole.narrow(0, big - 2, 2).toLongs()).containsExactly(0, 7);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}} | 7 | truncated",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}} | 9 | 9 bytes",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [3], \"data_offsets\": [0, 8]}} | 8 | 12 bytes",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [-2], \"data_offsets\": [0, 8]}} | 8 | -2 in shape",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2.0], \"data_offsets\": [0, 8]}} | 8 | whole numbers",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [4611686018427387904, 4], \"data_offsets\": [0, 8]}} | 8 | can exist",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [99999999999999999999], \"data_offsets\": [0, 8]}} | 8 | range",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [8, 0]}} | 8 | data_offsets 8 to 0",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8, 8]}} | 8 | incomplete",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2]}} | 8 | incomplete",
                "{\"a\": {\"dtype\": \"F31\", \"shape\": [2], \"data_offsets\": [0, 8]}} | 8 | F31",
                "{\"a\": {\"dtype\": \"F4\", \"shape\": [1], \"data_offsets\": [0, 1]}} | 1 | whole bytes",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8], \"x\": 1}} | 8 | key 'x'",
                "{\"a\": {\"dtype\": \"U8\", \"shape\": [4], \"data_offsets\": [0, 4]}, \"b\": {\"dtype\": \"U8\", \"shape\": [4], \"data_offsets\": [3, 7]}} | 7 | overlap",
                "{\"a\": {\"dtype\": \"U8\", \"shape\": [4], \"data_offsets\": [0, 4]}, \"b\": {\"dtype\": \"U8\", \"shape\": [4], \"data_offsets\": [5, 9]}} | 9 | hole",
                "{\"a\": {\"dtype\": \"U8\", \"shape\": [1], \"data_offsets\": [0, 1]}, \"a\": {\"dtype\": \"U8\", \"shape\": [1], \"data_offsets\": [0, 1]}} | 1 | uplicate",
                "{\"__metadata__\": {\"n\": 1}} | 0 | __metadata__",
                "[1, 2] | 0 | JSON object",
                "{} trailing | 0 | JSON",
                "not json | 0 | JSON",
                "{\"a\": 3} | 0 | JSON object",
                "{\"a\": {\"dtype\": \"F32\", \"sha | 0 | JSON",
            })
    void liesInAHeaderAreNamed(String header, int dataBytes, String named) throws IOException {
        Path file = write("lie.safetensors", file(header, dataBytes));

        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("lie.safetensors")
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource({"-1", "9223372036854775807", "100000001", "3000", "1", "0"})
    void absurdHeaderLengthsAreRefused(long length) throws IOException {
        byte[] bytes = file("{}", 100);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        Path file = write("long.safetensors", bytes);

        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("header");
    }

    @Test
    void emptyAndMissingFilesAreRefused() throws IOException {
        Path empty = write("empty.safetensors", new byte[0]);

        assertThatThrownBy(() -> SafetensorsFile.open(empty)).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> SafetensorsFile.open(dir.resolve("nowhere")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> SafetensorsFile.open(dir)).isInstanceOf(BadInputException.class);
    }

    @Test
    @Tag("shared")
    void readsWhatTransformersWrote() {
        Path tiny = Path.of(System.getProperty("attune.shared"), "models", "tiny", "llama");
        try (CheckpointWeights weights = CheckpointWeights.open(tiny);
                SafetensorsFile golden = SafetensorsFile.open(tiny.resolve("golden.safetensors"))) {
            assertThat(weights.info("model.embed_tokens.weight").hasShape(256, 64))
                    .isTrue();
            assertThat(weights.read("model.norm.weight").count()).isEqualTo(64);
            assertThat(golden.names()).contains("input_ids", "attention_mask", "logits");
            assertThat(golden.read("input_ids").dtype()).isEqualTo(DType.INT64);
        }
    }

    @Test
    void anEmptyMetadataEntryIsNone() throws IOException {
        String header =
                "{\"__metadata__\": null, \"a\": {\"dtype\": \"U8\", \"shape\": [2], \"data_offsets\": [0, 2]}}";
        Path place = write("null.safetensors", file(header, 2));
        try (SafetensorsFile open = SafetensorsFile.open(place)) {
            assertThat(open.metadata()).isEmpty();
            assertThat(open.names()).containsExactly("a");
        }
        Path tensor = write("tensor.safetensors", file("{\"a\": null}", 0));
        assertThatThrownBy(() -> SafetensorsFile.open(tensor))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("header entry 'a'");
    }
}
