package dev.attune.model.tensor;

/** While open, products are computed in a given precision, on all threads; closing it restores what was before. */
public final class ProductScope implements AutoCloseable {
    private final ProductPrecision before;

    private ProductScope(ProductPrecision before) {
        this.before = before;
    }

    public static ProductScope open(ProductPrecision precision) {
        ProductScope scope = new ProductScope(Engine.productPrecision());
        Engine.useProductPrecision(precision);
        return scope;
    }

    @Override
    public void close() {
        Engine.useProductPrecision(before);
    }
}
