package dev.attune.model.safetensors;

import dev.attune.core.error.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and checks the header of one file. Everything in it is validated: the length must fit the file, names must not
 * repeat, every range must have the size of its shape, and the ranges together must cover the data without holes or
 * overlaps.
 */
final class HeaderReader {
    /** The longest header of the reference implementation, in bytes. */
    private static final long MAX_HEADER_BYTES = 100_000_000;

    private static final String METADATA = "__metadata__";

    /** Maximum number of dimensions of a tensor. */
    private static final int MAX_RANK = 16;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private long dataStart;
    private long dataLength;

    private HeaderReader(Path file) {
        this.file = file;
    }

    /** The content of a header. */
    record Header(Map<String, StoredTensor> tensors, Map<String, String> metadata) {}

    static Header read(Path file, FileChannel channel) throws IOException {
        HeaderReader reader = new HeaderReader(file);
        byte[] json = reader.headerBytes(channel);
        try (JsonParser parser = JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), json)) {
            reader.parse(parser);
        } catch (JacksonException e) {
            throw new BadInputException(
                    reader.complaint("header is not the JSON of a safetensors file: " + e.getOriginalMessage()), e);
        }
        reader.checkCoverage();
        return new Header(reader.tensors, reader.metadata);
    }

    private byte[] headerBytes(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < 8) {
            throw invalid("the file", size + " bytes", "at least the 8 bytes of the header's length");
        }
        ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        SafetensorsFile.readFully(channel, 0, length, file);
        long header = length.flip().getLong();
        if (header < 2 || header > MAX_HEADER_BYTES || header > size - 8) {
            throw invalid(
                    "the header",
                    "a length of " + Long.toUnsignedString(header) + " bytes in a file of " + size,
                    "at most " + Math.min(MAX_HEADER_BYTES, size - 8));
        }
        dataStart = 8 + header;
        dataLength = size - dataStart;
        ByteBuffer json = ByteBuffer.allocate((int) header);
        SafetensorsFile.readFully(channel, 8, json, file);
        return json.array();
    }

    private void parse(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw invalid("the header", "no JSON object", "one that names the tensors");
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_NULL && name.equals(METADATA)) {
                continue; // some writers write null for no metadata
            }
            if (value != JsonToken.START_OBJECT) {
                throw invalid("header entry '" + name + "'", "no JSON object", "dtype, shape and data_offsets");
            }
            if (name.equals(METADATA)) {
                parseMetadata(parser);
            } else {
                tensors.put(name, parseEntry(name, parser));
            }
        }
        if (parser.nextToken() != null) {
            throw invalid("the header", "more after its JSON object", "only spaces");
        }
    }

    private void parseMetadata(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw invalid("header entry '" + METADATA + "', key " + key, "no string", "a string");
            }
            metadata.put(key, parser.getString());
        }
    }

    private StoredTensor parseEntry(String name, JsonParser parser) {
        StoredType type = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (key) {
                case "dtype" -> type = type(name, value == JsonToken.VALUE_STRING ? parser.getString() : null);
                case "shape" -> shape = naturals(name, key, value, parser);
                case "data_offsets" -> offsets = naturals(name, key, value, parser);
                default -> throw invalid(at(name), "the key '" + key + "'", "dtype, shape and data_offsets only");
            }
        }
        if (type == null || shape == null || offsets == null || offsets.size() != 2 || shape.size() > MAX_RANK) {
            throw invalid(at(name), "an incomplete entry", "dtype, shape and a pair of data_offsets");
        }
        return entry(name, type, shape, offsets.get(0), offsets.get(1));
    }

    private StoredTensor entry(String name, StoredType type, List<Long> shape, long begin, long end) {
        if (begin > end || end > dataLength) {
            throw invalid(
                    at(name),
                    "data_offsets " + begin + " to " + end,
                    "a range inside the " + dataLength + " bytes of data (is the file truncated?)");
        }
        long bytes = bytes(type, shape);
        if (bytes != end - begin) {
            throw invalid(
                    at(name),
                    (end - begin) + " bytes for shape " + shape + " of " + type,
                    bytes < 0 ? "a shape of whole bytes that can exist" : bytes + " bytes");
        }
        return new StoredTensor(name, type, shape, dataStart + begin, bytes);
    }

    /** The size of such a tensor in bytes, or -1 if it overflows or is not a multiple of 8 bits. */
    private static long bytes(StoredType type, List<Long> shape) {
        long bits = type.bits();
        if (shape.contains(0L)) {
            return 0;
        }
        for (long dim : shape) {
            if (dim > Long.MAX_VALUE / bits) {
                return -1;
            }
            bits *= dim;
        }
        return bits % 8 == 0 ? bits / 8 : -1;
    }

    private StoredType type(String name, @Nullable String dtype) {
        StoredType type = dtype == null ? null : StoredType.named(dtype);
        if (type == null) {
            throw invalid(at(name), "dtype " + dtype, "one of the format's, such as F32, BF16 or F16");
        }
        return type;
    }

    private List<Long> naturals(String name, String key, JsonToken first, JsonParser parser) {
        if (first != JsonToken.START_ARRAY) {
            throw invalid(at(name), "no list as " + key, "a list of whole numbers");
        }
        List<Long> numbers = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token == JsonToken.VALUE_NUMBER_INT && numbers.size() <= MAX_RANK) {
            long number = parser.getLongValue();
            if (number < 0) {
                throw invalid(at(name), number + " in " + key, "whole numbers from 0");
            }
            numbers.add(number);
            token = parser.nextToken();
        }
        if (token != JsonToken.END_ARRAY) {
            throw invalid(at(name), "no short list of whole numbers as " + key, "whole numbers from 0");
        }
        return numbers;
    }

    private void checkCoverage() {
        List<StoredTensor> inOrder = new ArrayList<>(tensors.values());
        inOrder.sort(Comparator.comparingLong(StoredTensor::offset).thenComparingLong(StoredTensor::bytes));
        long expected = dataStart;
        for (StoredTensor tensor : inOrder) {
            if (tensor.offset() != expected) {
                throw invalid(
                        at(tensor.name()),
                        "data from byte " + (tensor.offset() - dataStart),
                        "from byte " + (expected - dataStart) + ", without overlap or hole");
            }
            expected += tensor.bytes();
        }
        if (expected != dataStart + dataLength) {
            throw invalid(
                    "the data",
                    dataLength + " bytes",
                    (expected - dataStart) + " bytes, which the header accounts for");
        }
    }

    private static String at(String name) {
        return "tensor '" + (name.length() <= 120 ? name : name.substring(0, 117) + "...") + "'";
    }

    private BadInputException invalid(String part, String found, String expected) {
        return BadInputException.at(
                file + ", " + part, found, expected, "fetch or write the file again: it is damaged or incomplete");
    }

    private String complaint(String what) {
        return file + ": " + what + "; fetch or write the file again: it is damaged or incomplete";
    }
}
