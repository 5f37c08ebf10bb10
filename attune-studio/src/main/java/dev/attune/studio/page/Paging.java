package dev.attune.studio.page;

import dev.attune.core.error.BadInputException;
import io.javalin.http.Context;
import java.util.List;

/**
 * A page of a list.
 *
 * @param address of the first page; the others have a number
 * @param number from 1
 * @param size entries per page
 * @param total entries of the list
 */
public record Paging(Address address, int number, int size, int total) {
    /**
     * The page that a request asks for with {@code page}.
     *
     * @throws BadInputException if there is no such page
     */
    public static Paging of(Context context, Address address, int size, int total) {
        int number = Forms.integer("page", Forms.query(context, "page", "1"));
        Paging paging = new Paging(address, number, size, total);
        if (number < 1 || number > paging.pages()) {
            throw BadInputException.at("page", Integer.toString(number), "1 to " + paging.pages(), "go back");
        }
        return paging;
    }

    public int pages() {
        return Math.max(1, (total + size - 1) / size);
    }

    /** The number of the page's first entry, from 1. */
    public int first() {
        return (number - 1) * size + 1;
    }

    /** The number of the page's last entry. */
    public int last() {
        return Math.min(total, number * size);
    }

    /** The entries of this page. */
    public <T> List<T> of(List<T> list) {
        return list.subList(Math.min(total, first() - 1), last());
    }

    public boolean hasPrevious() {
        return number > 1;
    }

    public boolean hasNext() {
        return number < pages();
    }

    /** The address of a page. */
    public String link(int page) {
        return address.with("page", page == 1 ? "" : page).toString();
    }
}
