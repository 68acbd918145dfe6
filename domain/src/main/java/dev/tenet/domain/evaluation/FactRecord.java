package dev.tenet.domain.evaluation;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// An object of the facts that is an element of a list or map: its fields by number, and as a map that cannot be changed.
public final class FactRecord extends AbstractMap<String, @Nullable Object> {

  private final ObjectLayout layout;
  private final boolean[] present;
  private final @Nullable Object[] values;

  FactRecord(ObjectLayout layout) {
    this.layout = layout;
    this.values = new @Nullable Object[layout.names().size()];
    this.present = new boolean[values.length];
  }

  /// {@return where its fields are}
  public ObjectLayout layout() {
    return layout;
  }

  /// {@return whether a field is there}
  public boolean has(int number) {
    return present[number];
  }

  /// {@return the value of a field, or null}
  public @Nullable Object value(int number) {
    return values[number];
  }

  void set(int number, @Nullable Object value) {
    present[number] = true;
    values[number] = value;
  }

  @Override
  public @Nullable Object get(@Nullable Object name) {
    int number = name instanceof String text ? layout.names().find(text) : -1;
    return number < 0 ? null : value(number);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return name instanceof String text
        && layout.names().find(text) >= 0
        && has(layout.names().find(text));
  }

  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Map.Entry<String, @Nullable Object>> {
    @Override
    public int size() {
      return (int) IntStream.range(0, present.length).filter(FactRecord.this::has).count();
    }

    @Override
    public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
      return IntStream.range(0, values.length)
          .filter(FactRecord.this::has)
          .mapToObj(FactRecord.this::entry)
          .iterator();
    }
  }

  private Map.Entry<String, @Nullable Object> entry(int number) {
    return new SimpleImmutableEntry<>(layout.names().name(number), value(number));
  }
}
