package dev.tenet.bootstrap.bundle;

import dev.tenet.application.rule.AddRule;
import dev.tenet.bootstrap.yaml.YamlFault.Place;
import dev.tenet.domain.expression.Expression;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A tenant as its YAML file describes it.
///
/// @param name the tenant's name
/// @param schema the definition as plain JSON values, null when there is none
/// @param schemaPlaces where the parts of the schema stand, by their paths such as `User.Age`; the empty path is the
///     whole
/// @param derivedFields in the order of the file, which need not be that of their dependencies
/// @param rules in the order of the file
public record Bundle(
    String name,
    @Nullable Object schema,
    Map<String, Place> schemaPlaces,
    List<DerivedField> derivedFields,
    List<Rule> rules) {

  /// A derived field.
  ///
  /// @param place where its expression stands
  public record DerivedField(String name, Expression expression, String description, Place place) {}

  /// A rule.
  ///
  /// @param places where its expressions stand: `expression`, and `then.NAME` for each output
  public record Rule(AddRule.Draft draft, Map<String, Place> places) {
    public Rule {
      places = Map.copyOf(places);
    }
  }

  public Bundle {
    schemaPlaces = Map.copyOf(schemaPlaces);
    derivedFields = List.copyOf(derivedFields);
    rules = List.copyOf(rules);
  }
}
