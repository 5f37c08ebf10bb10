package dev.attune.model.gguf;

import dev.attune.core.error.BadInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and checks a header: counts and lengths must fit the file, names must not repeat, the data of every tensor must
 * lie in the file at a multiple of the alignment, and no two may overlap.
 */
final class GgufHeaderReader {
    static final int MAGIC = 0x4655_4747;
    static final String ALIGNMENT = "general.alignment";
    static final int DEFAULT_ALIGNMENT = 32;

    private static final int MAX_RANK = 4;
    private static final int MAX_NAME = 1024;
    private static final int MAX_NESTING = 4;

    /** More items of all arrays together are refused: they would fill the memory. */
    private static final long MAX_ITEMS = 1L << 24;

    private final Path file;
    private final HeaderCursor cursor;
    private final Metadata metadata;
    private long items;

    private GgufHeaderReader(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.cursor = new HeaderCursor(file, channel);
        this.metadata = new Metadata(file.toString());
    }

    /** The content of a header. */
    record Header(Metadata metadata, Map<String, GgufTensor> tensors) {}

    /** An entry as it stands in the file, with an offset from the start of the data. */
    private record Entry(String name, List<Long> shape, BlockFormat format, long offset) {}

    static Header read(Path file, FileChannel channel) throws IOException {
        return new GgufHeaderReader(file, channel).read();
    }

    private Header read() throws IOException {
        requireVersion();
        long tensors = cursor.count("tensors", 24);
        long keys = cursor.count("keys", 13);
        for (long i = 0; i < keys; i++) {
            readKey();
        }
        List<Entry> entries = new ArrayList<>();
        for (long i = 0; i < tensors; i++) {
            entries.add(readEntry());
        }
        return new Header(metadata, place(entries));
    }

    private void requireVersion() throws IOException {
        if (cursor.four() != MAGIC) {
            throw BadInputException.at(
                    file.toString(), "another kind of file", "GGUF", "name a file that begins with these letters");
        }
        int version = cursor.four();
        if (version < 2 || version > 3) {
            boolean swapped = Integer.reverseBytes(version) >= 1 && Integer.reverseBytes(version) <= 3;
            throw BadInputException.at(
                    file + ", version",
                    swapped ? "a file in big-endian byte order" : Integer.toUnsignedString(version),
                    "version 2 or 3 in little-endian byte order",
                    "convert the model to GGUF again");
        }
    }

    private void readKey() throws IOException {
        String key = cursor.text("a key");
        if (key.isEmpty() || metadata.has(key)) {
            throw cursor.invalid(key.isEmpty() ? "an empty key" : "the key " + key + " twice", "a key once");
        }
        metadata.put(key, value(type(key), key, 0));
    }

    private ValueType type(String key) throws IOException {
        long number = cursor.unsigned();
        ValueType type = ValueType.numbered(number);
        if (type == null) {
            throw cursor.invalid("type " + number + " of key " + key, "a type from 0 to 12");
        }
        return type;
    }

    private MetadataValue value(ValueType type, String key, int depth) throws IOException {
        return switch (type) {
            case UINT8 -> new MetadataValue.Whole(type, cursor.one());
            case INT8 -> new MetadataValue.Whole(type, (byte) cursor.one());
            case UINT16 -> new MetadataValue.Whole(type, cursor.two());
            case INT16 -> new MetadataValue.Whole(type, (short) cursor.two());
            case UINT32 -> new MetadataValue.Whole(type, cursor.unsigned());
            case INT32 -> new MetadataValue.Whole(type, cursor.four());
            case UINT64, INT64 -> new MetadataValue.Whole(type, cursor.eight());
            case FLOAT32 -> new MetadataValue.Real(type, Float.intBitsToFloat(cursor.four()));
            case FLOAT64 -> new MetadataValue.Real(type, Double.longBitsToDouble(cursor.eight()));
            case BOOL -> new MetadataValue.Flag(cursor.one() != 0);
            case STRING -> new MetadataValue.Text(cursor.text("key " + key));
            case ARRAY -> array(key, depth);
        };
    }

    private MetadataValue array(String key, int depth) throws IOException {
        if (depth == MAX_NESTING) {
            throw cursor.invalid(
                    "key " + key + " with arrays in arrays in arrays", "at most " + MAX_NESTING + " levels");
        }
        ValueType of = type(key);
        long count = cursor.count("items of key " + key, of.leastBytes());
        items += count;
        if (items > MAX_ITEMS) {
            throw cursor.invalid(items + " items of arrays", "at most " + MAX_ITEMS);
        }
        List<MetadataValue> values = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            values.add(value(of, key, depth + 1));
        }
        return new MetadataValue.Items(of, values);
    }

    private Entry readEntry() throws IOException {
        String name = cursor.text("a tensor's name");
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw cursor.invalid("a tensor's name of " + name.length() + " characters", "1 to " + MAX_NAME);
        }
        long rank = cursor.unsigned();
        if (rank < 1 || rank > MAX_RANK) {
            throw cursor.invalid(rank + " dimensions of tensor " + name, "1 to " + MAX_RANK);
        }
        List<Long> shape = new ArrayList<>();
        for (long i = 0; i < rank; i++) {
            long dim = cursor.eight();
            if (dim <= 0) {
                throw cursor.invalid("dimension " + Long.toUnsignedString(dim) + " of tensor " + name, "at least 1");
            }
            shape.add(0, dim);
        }
        return new Entry(name, shape, format(name), cursor.eight());
    }

    private BlockFormat format(String name) throws IOException {
        long number = cursor.unsigned();
        BlockFormat format = BlockFormat.numbered(number);
        if (format == null) {
            throw BadInputException.at(
                    file + ", tensor " + name,
                    "the format " + BlockFormat.unknownName(number),
                    "one of " + BlockFormat.labels(),
                    "use the model in one of these");
        }
        return format;
    }

    private Map<String, GgufTensor> place(List<Entry> entries) {
        long alignment = alignment();
        long start = entries.isEmpty() ? cursor.position() : up(cursor.position(), alignment);
        long data = cursor.position() + cursor.remaining() - start;
        Map<String, GgufTensor> tensors = new LinkedHashMap<>();
        for (Entry entry : entries) {
            long bytes = bytes(entry);
            if (entry.offset < 0 || entry.offset % alignment != 0) {
                throw invalid(
                        entry, "offset " + Long.toUnsignedString(entry.offset), "a multiple of alignment " + alignment);
            }
            if (bytes > data || entry.offset > data - bytes) {
                throw invalid(
                        entry,
                        bytes + " bytes from offset " + entry.offset,
                        "a range inside the " + Math.max(0, data) + " bytes of data (is the file complete?)");
            }
            GgufTensor tensor = new GgufTensor(entry.name, entry.shape, entry.format, start + entry.offset, bytes);
            if (tensors.put(entry.name, tensor) != null) {
                throw invalid(entry, "the name twice", "it once");
            }
        }
        refuseOverlaps(tensors);
        return tensors;
    }

    private static long up(long position, long alignment) {
        return (position + alignment - 1) / alignment * alignment;
    }

    private long alignment() {
        MetadataValue value = metadata.values().get(ALIGNMENT);
        if (value == null) {
            return DEFAULT_ALIGNMENT;
        }
        if (!(value instanceof MetadataValue.Whole whole) || whole.type() != ValueType.UINT32) {
            throw metadata.invalid(ALIGNMENT, "a value of type " + value.type(), "one of type UINT32");
        }
        if (Long.bitCount(whole.value()) != 1) {
            throw metadata.invalid(ALIGNMENT, Long.toString(whole.value()), "a power of two");
        }
        return whole.value();
    }

    private long bytes(Entry entry) {
        long row = entry.shape.get(entry.shape.size() - 1);
        if (!entry.format.fits(row)) {
            throw invalid(
                    entry,
                    "rows of " + row + " values in " + entry.format.label(),
                    "a multiple of " + entry.format.blockValues());
        }
        try {
            return entry.format.bytes(entry.shape.stream().reduce(1L, Math::multiplyExact));
        } catch (ArithmeticException e) {
            BadInputException tooLarge = invalid(entry, "the shape " + entry.shape, "one whose size can be counted");
            tooLarge.addSuppressed(e);
            throw tooLarge;
        }
    }

    private void refuseOverlaps(Map<String, GgufTensor> tensors) {
        List<GgufTensor> inOrder = new ArrayList<>(tensors.values());
        inOrder.sort(Comparator.comparingLong(GgufTensor::offset));
        for (int i = 1; i < inOrder.size(); i++) {
            GgufTensor before = inOrder.get(i - 1);
            GgufTensor tensor = inOrder.get(i);
            if (tensor.offset() < before.offset() + before.bytes()) {
                throw BadInputException.at(
                        file + ", tensor " + tensor.name(),
                        "data that overlap those of " + before.name(),
                        "data of its own",
                        "fetch or convert the file again: it is damaged");
            }
        }
    }

    private BadInputException invalid(Entry entry, String found, String expected) {
        return BadInputException.at(
                file + ", tensor " + entry.name,
                found,
                expected,
                "fetch or convert the file again: it is damaged or incomplete");
    }
}
