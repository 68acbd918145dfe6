package dev.tenet.cel;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where Tenet deviates from CEL's conformance suite, and why. The section on conformance in `docs/cel.md` says the same
/// to users.
final class ConformanceExclusions {

  /// @param reason a sentence
  /// @param patterns names of cases, `*` standing for any text
  record Exclusion(String reason, List<String> patterns) {

    /// {@return the first pattern that the name matches}
    Optional<String> match(String name) {
      return patterns.stream().filter(pattern -> matches(pattern, name)).findFirst();
    }

    private static boolean matches(String pattern, String name) {
      return Pattern.matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E", name);
    }
  }

  static final List<Exclusion> ALL =
      List.of(
          new Exclusion(
              "Tenet has no protobuf messages, wrappers and enums: objects are those of the"
                  + " tenant's schema, and no expression makes one.",
              List.of(
                  "comparisons/eq_wrapper/*",
                  "comparisons/eq_literal/eq_dyn_json_null",
                  "comparisons/eq_literal/not_eq_dyn_proto*",
                  "comparisons/ne_literal/ne_proto*",
                  "dynamic/*",
                  "enums/*",
                  "optionals/optionals/*struct*",
                  "parse/comments/*",
                  "parse/nest/message_literal",
                  "parse/repeat/message_literal",
                  "parse/repeat/select",
                  "parse/struct_field_names/*",
                  "parse/whitespace/*",
                  "proto2/*",
                  "proto2_ext/*",
                  "proto3/*",
                  "type_deductions/complex_initializers/struct",
                  "type_deductions/field_access/*",
                  "type_deductions/flexible_type_parameter_assignment/*_type_var_aliasing",
                  "type_deductions/flexible_type_parameter_assignment/list_parameters_do_not_unify",
                  "type_deductions/legacy_nullable_types/null_assignable_to_duration_*",
                  "type_deductions/legacy_nullable_types/null_assignable_to_message_*",
                  "type_deductions/legacy_nullable_types/null_assignable_to_timestamp_*",
                  "type_deductions/wrappers/*",
                  "wrappers/*")),
          new Exclusion(
              "Names have no dots and no container completes them: an expression sees the objects"
                  + " of the schema and the derived fields, nothing else.",
              List.of(
                  "fields/qualified_identifier_resolution/ident_with_longest_prefix_check",
                  "fields/qualified_identifier_resolution/map_field_select",
                  "fields/qualified_identifier_resolution/qualified_*",
                  "namespace/namespace/*",
                  "namespace/namespace_shadowing/basic",
                  "namespace/namespace_shadowing/comprehension_shadowing_namespaced_selector_*",
                  "namespace/qualified/*")),
          new Exclusion(
              "Only what has passed the type check is evaluated; standard CEL lets unchecked"
                  + " expressions call and name what does not exist, and mix types.",
              List.of(
                  "basic/functions/unbound_is_runtime_error",
                  "basic/variables/unbound_is_runtime_error",
                  "logic/AND/short_circuit_type_*",
                  "logic/OR/short_circuit_type_*",
                  "logic/conditional/mixed_type",
                  "parse/receiver_function_names/*")),
          new Exclusion(
              "The type checker refuses to compare lists of different element types; lists of dyn"
                  + " compare as the suite has it.",
              List.of(
                  "comparisons/eq_literal/eq_list_elem_mixed_types",
                  "comparisons/eq_literal/not_eq_list_length")),
          new Exclusion(
              "A part that can only fail, such as 2 / 0, is an error when the rule is written"
                  + " (constant_fails), even where another operand would absorb it.",
              List.of("logic/AND/short_circuit_error_*", "logic/OR/short_circuit_error_*")),
          new Exclusion(
              "The name dyn is a type, as in cel-java's checker; the suite has no value for it"
                  + " where types are not checked.",
              List.of("conversions/type/dyn_no_denotation")),
          new Exclusion(
              "cel-java's checker gives a list of an optional and null the type list(null).",
              List.of("type_deductions/legacy_nullable_types/null_assignable_to_abstract_*")),
          new Exclusion(
              "The cases declare functions of their own; an extension's function has one form,"
                  + " without type parameters.",
              List.of(
                  "type_deductions/functions/function_result_type",
                  "type_deductions/type_parameters/*")),
          new Exclusion("Comprehensions have one variable.", List.of("macros2/*")),
          new Exclusion("format is not available.", List.of("string_ext/format*")),
          new Exclusion("There are no functions for IP addresses.", List.of("network_ext/*")),
          new Exclusion(
              "cel.@block is what optimisers make of expressions; nobody writes it.",
              List.of("block_ext/*")));

  private ConformanceExclusions() {}

  static boolean excludes(ConformanceCase test) {
    return ALL.stream().anyMatch(exclusion -> exclusion.match(test.name()).isPresent());
  }
}
