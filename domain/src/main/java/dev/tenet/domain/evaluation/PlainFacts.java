package dev.tenet.domain.evaluation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads plain JSON values that a program has in memory.
final class PlainFacts {

  private PlainFacts() {}

  /// {@return a source of the value}
  ///
  /// @param value of `Map` with keys of type `String`, `List`, `String`, `Number`, `Boolean` or null
  static FactSource<RuntimeException> of(@Nullable Object value) {
    return new Cursor(value);
  }

  private static final class Cursor implements FactSource<RuntimeException> {

    private final Deque<Iterator<?>> open = new ArrayDeque<>();
    private @Nullable Object next;

    Cursor(@Nullable Object value) {
      this.next = value;
    }

    @Override
    public Kind kind() {
      return switch (next) {
        case null -> Kind.NULL;
        case Boolean truth -> Kind.TRUTH;
        case Long number -> Kind.INTEGER;
        case Integer number -> Kind.INTEGER;
        case Number number -> Kind.REAL;
        case String text -> Kind.TEXT;
        case List<?> list -> Kind.LIST;
        default -> Kind.OBJECT;
      };
    }

    @Override
    public void object() {
      if (!(next instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException(
            "no plain value: " + Objects.requireNonNull(next).getClass());
      }
      open.push(map.entrySet().iterator());
    }

    @Override
    public int member(FieldNames known) {
      String name = member();
      return name == null ? END : known.find(name);
    }

    @Override
    public @Nullable String member() {
      if (!(into() instanceof Map.Entry<?, ?> entry)) {
        return null;
      }
      next = entry.getValue();
      return (String) entry.getKey();
    }

    @Override
    public void list() {
      open.push(taken(List.class).iterator());
    }

    @Override
    public boolean element() {
      if (!open.getFirst().hasNext()) {
        open.pop();
        return false;
      }
      next = open.getFirst().next();
      return true;
    }

    private @Nullable Object into() {
      if (open.getFirst().hasNext()) {
        return open.getFirst().next();
      }
      open.pop();
      return null;
    }

    @Override
    public String text() {
      return taken(String.class);
    }

    @Override
    public long integer() {
      return taken(Number.class).longValue();
    }

    @Override
    public double real() {
      return taken(Number.class).doubleValue();
    }

    @Override
    public boolean truth() {
      return taken(Boolean.class);
    }

    @Override
    public @Nullable Object plain() {
      return next;
    }

    @Override
    public void skip() {
      next = null;
    }

    private <T> T taken(Class<T> type) {
      return Objects.requireNonNull(type.cast(next));
    }
  }
}
