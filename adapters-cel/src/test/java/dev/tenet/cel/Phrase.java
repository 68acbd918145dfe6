package dev.tenet.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// A part of a condition as a grammar makes it.
///
/// @param kind what the grammar calls it
/// @param parts what stands in the holes of the form
record Phrase(String kind, Form form, List<Phrase> parts) {

  /// A text with holes.
  ///
  /// @param texts before, between and behind the holes
  /// @param holes the kinds of what belongs into them
  record Form(List<String> texts, List<String> holes) {

    /// {@return the form that is written with holes such as `<int>`}
    ///
    /// @param isKind whether what stands between `<` and `>` is a hole
    static Form of(String written, Predicate<String> isKind) {
      List<String> texts = new ArrayList<>();
      List<String> holes = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      int start = 0;
      for (int open = written.indexOf('<'); open >= 0; open = written.indexOf('<', start)) {
        int close = written.indexOf('>', open);
        String hole = close < 0 ? "" : written.substring(open + 1, close);
        boolean kind = isKind.test(hole);
        text.append(written, start, kind ? open : open + 1);
        start = kind ? close + 1 : open + 1;
        if (kind) {
          texts.add(text.toString());
          text.setLength(0);
          holes.add(hole);
        }
      }
      texts.add(text + written.substring(start));
      return new Form(texts, holes);
    }

    private String filled(List<Phrase> parts) {
      StringBuilder text = new StringBuilder(texts.getFirst());
      for (int i = 0; i < parts.size(); i++) {
        text.append(parts.get(i).text()).append(texts.get(i + 1));
      }
      return text.toString();
    }
  }

  /// {@return it as CEL}
  String text() {
    return parts.isEmpty() ? form.texts().getFirst() : '(' + form.filled(parts) + ')';
  }

  /// {@return how many phrases it consists of, itself included}
  int size() {
    return 1 + parts.stream().mapToInt(Phrase::size).sum();
  }

  /// {@return one of its phrases}
  ///
  /// @param number of the phrase: 0 for the whole, then its parts one after the other
  Phrase at(int number) {
    int first = 1;
    for (Phrase part : parts) {
      if (number >= first && number < first + part.size()) {
        return part.at(number - first);
      }
      first += part.size();
    }
    return this;
  }

  /// {@return the same with the phrase of a number changed}
  Phrase with(int number, UnaryOperator<Phrase> change) {
    if (number == 0) {
      return change.apply(this);
    }
    List<Phrase> changed = new ArrayList<>(parts);
    int first = 1;
    for (int i = 0; i < parts.size(); i++) {
      int size = parts.get(i).size();
      if (number >= first && number < first + size) {
        changed.set(i, parts.get(i).with(number - first, change));
      }
      first += size;
    }
    return new Phrase(kind, form, changed);
  }
}
