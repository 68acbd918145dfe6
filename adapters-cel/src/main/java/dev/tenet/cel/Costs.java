package dev.tenet.cel;

import static dev.tenet.cel.Meter.TEXT_PER_UNIT;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What the functions of CEL and its extensions cost, from the sizes of their arguments: an upper bound of the work and
/// of the memory for the result.
final class Costs {

  static final long SCANNED_PAIRS_PER_UNIT = 32;
  static final long REGEX_STEPS_PER_UNIT = 4;

  private static final int LONGEST_SCALAR_TEXT = 1_000;

  private static final Overload.Cost SIZES =
      (values, meter) -> {
        for (Object value : values) {
          meter.charge(Meter.size(value));
        }
      };
  private static final Overload.Cost DEEP =
      (values, meter) -> {
        for (Object value : values) {
          meter.chargeDeep(value);
        }
      };
  private static final Overload.Cost FREE = (values, meter) -> {};

  private static final Map<String, Overload.Cost> BY_ID =
      Map.ofEntries(
          Map.entry("add_list", Costs::concatenation),
          Map.entry("string_index_of_string", Costs::search),
          Map.entry("string_index_of_string_int", Costs::search),
          Map.entry("string_last_index_of_string", Costs::search),
          Map.entry("string_last_index_of_string_int", Costs::search),
          Map.entry("contains_string", Costs::search),
          Map.entry("string_split_string", Costs::split),
          Map.entry("string_split_string_int", Costs::split),
          Map.entry("string_replace_string_string", Costs::replace),
          Map.entry("string_replace_string_string_int", Costs::replace),
          Map.entry("list_join", Costs::join),
          Map.entry("list_join_string", Costs::join),
          Map.entry("matches", Costs::regex),
          Map.entry("matches_string", Costs::regex),
          Map.entry("regex_extract_string_string", Costs::regex),
          Map.entry("regex_extractAll_string_string", Costs::regex),
          Map.entry("regex_replaceAll_string_string_string", Costs::regexReplace),
          Map.entry("regex_replaceCount_string_string_string_int", Costs::regexReplace),
          Map.entry("lists_range", Costs::range),
          Map.entry("list_slice", Costs::slice),
          Map.entry("list_sort", Costs::sort),
          Map.entry("list_distinct", DEEP),
          Map.entry("list_flatten", DEEP),
          Map.entry("list_flatten_list_int", DEEP),
          Map.entry("list_sets_contains_list", Costs::pairs),
          Map.entry("list_sets_equivalent_list", Costs::pairs),
          Map.entry("list_sets_intersects_list", Costs::pairs),
          Map.entry("optional_ofNonZeroValue", DEEP),
          Map.entry("string_to_timestamp", Costs::scalarText),
          Map.entry("string_to_duration", Costs::scalarText),
          Map.entry("string_to_int64", Costs::scalarText),
          Map.entry("string_to_uint64", Costs::scalarText),
          Map.entry("string_to_double", Costs::scalarText),
          Map.entry("string_to_bool", Costs::scalarText),
          Map.entry("size_list", FREE),
          Map.entry("list_size", FREE),
          Map.entry("size_map", FREE),
          Map.entry("map_size", FREE),
          Map.entry("optional_of", FREE),
          Map.entry("optional_value", FREE),
          Map.entry("optional_hasValue", FREE),
          Map.entry("optional_list_first", FREE),
          Map.entry("optional_list_last", FREE),
          Map.entry("to_dyn", FREE));

  private Costs() {}

  static Overload.Cost of(String overloadId) {
    return BY_ID.getOrDefault(overloadId, SIZES);
  }

  private static void concatenation(Object[] values, Meter meter) {
    meter.charge(AppendableList.cost(Meter.elements(values[0]), Meter.elements(values[1])));
  }

  private static long length(Object text) {
    return ((String) text).length();
  }

  /// The search compares at every place in the worst case.
  private static void search(Object[] values, Meter meter) {
    long text = length(values[0]);
    meter.charge(text / TEXT_PER_UNIT + text * length(values[1]) / SCANNED_PAIRS_PER_UNIT);
  }

  private static void split(Object[] values, Meter meter) {
    search(values, meter);
    meter.charge(occurrences(values[0], values[1]));
  }

  private static long occurrences(Object text, Object searched) {
    return length(searched) == 0 ? length(text) + 1 : length(text) / length(searched);
  }

  private static void replace(Object[] values, Meter meter) {
    search(values, meter);
    long times = occurrences(values[0], values[1]);
    if (values.length > 3 && values[3] instanceof Long most && most >= 0) {
      times = Math.min(times, most);
    }
    meter.charge((length(values[0]) + times * length(values[2])) / TEXT_PER_UNIT);
  }

  private static void join(Object[] values, Meter meter) {
    long separator = values.length > 1 ? length(values[1]) : 0;
    for (Object element : (List<?>) values[0]) {
      long text = element instanceof String s ? s.length() : 0;
      meter.charge(1 + (text + separator) / TEXT_PER_UNIT);
    }
  }

  /// RE2 goes through the text once, with at most all parts of the pattern alive at each place.
  private static void regex(Object[] values, Meter meter) {
    int program = Regexes.compile((String) values[1], meter).programSize();
    meter.charge((length(values[0]) + 1) * program / REGEX_STEPS_PER_UNIT);
  }

  private static void regexReplace(Object[] values, Meter meter) {
    regex(values, meter);
    long references = ((String) values[2]).chars().filter(c -> c == '\\').count();
    meter.charge(
        (length(values[0]) + 1) * (length(values[2]) + 1) / TEXT_PER_UNIT
            + references * length(values[0]) / TEXT_PER_UNIT);
  }

  private static void range(Object[] values, Meter meter) {
    meter.charge(Math.max(0, (Long) values[0]));
  }

  private static void slice(Object[] values, Meter meter) {
    meter.charge(Meter.size(values[0]));
  }

  private static void sort(Object[] values, Meter meter) {
    long before = meter.left();
    meter.chargeDeep(values[0]);
    long weight = before - meter.left();
    meter.charge(weight * logarithm(Meter.size(values[0])));
  }

  /// {@return how often elements are compared with each other when they are sorted, for each of them}
  static long logarithm(long elements) {
    return 64L - Long.numberOfLeadingZeros(elements);
  }

  /// Each element of one list is compared with each of the other.
  private static void pairs(Object[] values, Meter meter) {
    Collection<?> first = (Collection<?>) values[0];
    Collection<?> second = (Collection<?>) values[1];
    long before = meter.left();
    meter.chargeDeep(first);
    meter.chargeDeep(second);
    long weight = before - meter.left();
    meter.charge(weight * Math.min(first.size(), second.size()));
  }

  /// No number, moment or duration takes more text than this.
  private static void scalarText(Object[] values, Meter meter) {
    if (length(values[0]) > LONGEST_SCALAR_TEXT) {
      throw EvaluationFault.of("invalid_argument", "The text is too long to be converted.");
    }
    meter.charge(length(values[0]) / TEXT_PER_UNIT);
  }
}
