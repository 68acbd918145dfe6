package dev.tenet.cel;

import dev.tenet.cel.Phrase.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Conditions that are almost the same, so that shapes, code and places of an index are shared, or must just not be.
final class NearNeighbours {

  private static final int LARGEST = 40;
  private static final int SMALL = 4;
  private static final Set<String> LITERALS = Set.of("integer", "real", "text");
  private static final Set<String> TRUTHS = Set.of("bool", "atom", "seed");

  private static final Form EQUAL = RandomRules.form("(<bool> == <bool>)");
  private static final Form UNEQUAL = RandomRules.form("(<bool> != <bool>)");
  private static final Form CHOICE = RandomRules.form("(<bool> ? <bool> : <bool>)");
  private static final Form NOT = RandomRules.form("!(<bool>)");

  /// Forms that say the same of a field that is an integer here and a floating-point number there.
  private static final Map<Form, Form> TWINS =
      Map.of(
          RandomRules.form("<realfield>"),
          RandomRules.form("double(<intfield>)"),
          RandomRules.form("double(<intfield>)"),
          RandomRules.form("<realfield>"),
          RandomRules.form("<intfield> <relation> <integer>"),
          RandomRules.form("<realfield> <relation> <integer>"),
          RandomRules.form("<realfield> <relation> <integer>"),
          RandomRules.form("<intfield> <relation> <integer>"),
          RandomRules.form("<intfield> <relation> <real>"),
          RandomRules.form("<realfield> <relation> <real>"),
          RandomRules.form("<realfield> <relation> <real>"),
          RandomRules.form("<intfield> <relation> <real>"));

  private final RandomRules random;
  private final List<UnaryOperator<Phrase>> changes;

  NearNeighbours(RandomRules random) {
    this.random = random;
    this.changes =
        List.of(
            this::anew,
            this::otherLiteral,
            this::otherFieldOrOperator,
            this::otherForm,
            this::swapped,
            this::lessOne,
            NearNeighbours::not,
            this::chosen);
  }

  /// {@return a condition and some of its neighbours, each of which is next to one before it}
  List<Phrase> around(Phrase condition, int count) {
    List<Phrase> neighbours = new ArrayList<>(List.of(condition));
    while (neighbours.size() < count) {
      neighbours.add(of(random.oneOf(neighbours)));
    }
    return neighbours;
  }

  /// {@return a condition that differs in one thing}
  Phrase of(Phrase condition) {
    Phrase changed = condition;
    while (changed.equals(condition)) {
      changed = changed(condition, random.oneOf(changes));
    }
    return changed;
  }

  /// {@return the condition with one of its phrases changed, if one of them can be}
  private Phrase changed(Phrase condition, UnaryOperator<Phrase> change) {
    int size = condition.size();
    int first = random.below(size);
    for (int i = 0; i < size; i++) {
      Phrase changed = condition.with((first + i) % size, change);
      if (!changed.equals(condition) && changed.size() <= LARGEST) {
        return changed;
      }
    }
    return condition;
  }

  /// {@return something else of the kind, unless that would be another condition altogether}
  private Phrase anew(Phrase phrase) {
    return phrase.size() > SMALL ? phrase : random.phrase(phrase.kind(), 1);
  }

  private Phrase otherLiteral(Phrase phrase) {
    return LITERALS.contains(phrase.kind()) ? anew(phrase) : phrase;
  }

  private Phrase otherFieldOrOperator(Phrase phrase) {
    return phrase.parts().isEmpty() && !LITERALS.contains(phrase.kind()) ? anew(phrase) : phrase;
  }

  /// {@return the same parts, as far as they fit, in another form, such as with a literal of another type}
  private Phrase otherForm(Phrase phrase) {
    Form form =
        random.oneOf(
            random.forms(phrase.kind()).stream()
                .filter(other -> other.holes().size() == phrase.parts().size())
                .toList());
    return new Phrase(
        phrase.kind(),
        form,
        IntStream.range(0, form.holes().size())
            .mapToObj(i -> fitting(phrase.parts().get(i), form.holes().get(i)))
            .toList());
  }

  private Phrase fitting(Phrase part, String kind) {
    return part.kind().equals(kind) ? part : random.phrase(kind, 0);
  }

  /// {@return the same with two phrases of one kind exchanged, such as the operands of an operator}
  private Phrase swapped(Phrase phrase) {
    int one = random.below(phrase.size());
    int other = random.below(phrase.size());
    Phrase first = phrase.at(Math.min(one, other));
    Phrase second = phrase.at(Math.max(one, other));
    boolean apart = Math.min(one, other) + first.size() <= Math.max(one, other);
    return apart && first.kind().equals(second.kind())
        ? phrase.with(Math.max(one, other), old -> first).with(Math.min(one, other), old -> second)
        : phrase;
  }

  /// {@return one of the parts instead of the whole, such as a conjunction without one of its conditions}
  private Phrase lessOne(Phrase phrase) {
    List<Phrase> alike =
        phrase.parts().stream()
            .filter(
                part ->
                    part.kind().equals(phrase.kind())
                        || (TRUTHS.contains(part.kind()) && TRUTHS.contains(phrase.kind())))
            .toList();
    return alike.isEmpty() ? phrase : random.oneOf(alike);
  }

  private static Phrase not(Phrase phrase) {
    return TRUTHS.contains(phrase.kind())
        ? new Phrase(phrase.kind(), NOT, List.of(phrase))
        : phrase;
  }

  /// {@return an equality of truth values as a choice that would say the same, but for a literal}
  private Phrase chosen(Phrase phrase) {
    if (!phrase.form().equals(EQUAL) && !phrase.form().equals(UNEQUAL)) {
      return phrase;
    }
    Phrase when = phrase.parts().getFirst();
    Phrase same = phrase.parts().get(1);
    Phrase other = not(changed(same, this::otherLiteral));
    return new Phrase(
        phrase.kind(),
        CHOICE,
        phrase.form().equals(EQUAL) ? List.of(when, same, other) : List.of(when, other, same));
  }

  /// {@return a condition of the twin of this schema, said of this one: of the same fields, in another order}
  Phrase twinOf(Phrase condition) {
    return changed(translated(condition), this::swapped);
  }

  private Phrase translated(Phrase condition) {
    Form form = TWINS.get(condition.form());
    if (form != null) {
      List<Phrase> parts = new ArrayList<>();
      for (int i = 0; i < form.holes().size(); i++) {
        Phrase part = condition.parts().get(i);
        parts.add(new Phrase(form.holes().get(i), part.form(), List.of()));
      }
      return new Phrase(condition.kind(), form, parts);
    }
    return isField(condition)
        ? random.phrase(condition.kind(), 0)
        : new Phrase(
            condition.kind(),
            condition.form(),
            condition.parts().stream().map(this::translated).toList());
  }

  private static boolean isField(Phrase phrase) {
    return phrase.kind().equals("intfield") || phrase.kind().equals("realfield");
  }
}
