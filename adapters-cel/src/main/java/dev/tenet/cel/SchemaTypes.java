package dev.tenet.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.tenet.domain.evaluation.FactLayout;
import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import dev.tenet.domain.schema.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The types that a schema gives to expressions. One instance for each schema in use: expressions checked against it
/// hold its types.
final class SchemaTypes {

  private final Schema schema;
  private final FactLayout layout;
  private final List<String> objects;
  private final Map<String, StructShape> shapes = new LinkedHashMap<>();
  private final Map<String, StructShape> byTypeName = new LinkedHashMap<>();
  private final ImmutableMap<String, CelType> types;

  SchemaTypes(Schema schema) {
    this.schema = schema;
    this.layout = new FactLayout(schema, Map.of());
    this.objects = List.copyOf(schema.objects().keySet());
    ImmutableMap.Builder<String, CelType> collected = ImmutableMap.builder();
    schema
        .objects()
        .forEach(
            (name, type) -> {
              StructShape shape = new StructShape(name, type);
              shapes.put(name, shape);
              collect(shape, collected);
            });
    this.types = collected.buildOrThrow();
  }

  private void collect(StructShape shape, ImmutableMap.Builder<String, CelType> collected) {
    ImmutableMap.Builder<String, CelType> fields = ImmutableMap.builder();
    for (Field field : shape.fields()) {
      fields.put(field.name(), celType(field.type(), shape, field.name()));
      if (!StructShape.innermost(field.type()).isEmpty()) {
        collect(shape.nested(field.name()), collected);
      }
    }
    ImmutableMap<String, CelType> byName = fields.buildOrThrow();
    String name = typeName(shape);
    byTypeName.put(name, shape);
    collected.put(
        name,
        StructType.create(name, byName.keySet(), field -> Optional.ofNullable(byName.get(field))));
  }

  private static CelType celType(FieldType type, StructShape owner, String field) {
    return switch (type) {
      case FieldType.Scalar scalar -> scalar(scalar);
      case FieldType.EnumOf enumeration -> SimpleType.STRING;
      case FieldType.Dyn dyn -> SimpleType.DYN;
      case FieldType.ListOf(var element) -> ListType.create(celType(element, owner, field));
      case FieldType.MapOf(var value) ->
          MapType.create(SimpleType.STRING, celType(value, owner, field));
      case FieldType.ObjectOf object -> StructTypeReference.create(typeName(owner.nested(field)));
    };
  }

  /// {@return the type of values outside a schema; objects are maps there}
  static CelType celType(FieldType type) {
    return switch (type) {
      case FieldType.Scalar scalar -> scalar(scalar);
      case FieldType.EnumOf enumeration -> SimpleType.STRING;
      case FieldType.Dyn dyn -> SimpleType.DYN;
      case FieldType.ListOf(var element) -> ListType.create(celType(element));
      case FieldType.MapOf(var value) -> MapType.create(SimpleType.STRING, celType(value));
      case FieldType.ObjectOf object -> MapType.create(SimpleType.STRING, SimpleType.DYN);
    };
  }

  private static CelType scalar(FieldType.Scalar scalar) {
    return switch (scalar) {
      case INT, INT64 -> SimpleType.INT;
      case FLOAT64 -> SimpleType.DOUBLE;
      case STRING -> SimpleType.STRING;
      case BOOL -> SimpleType.BOOL;
      case BYTES -> SimpleType.BYTES;
      case TIMESTAMP -> SimpleType.TIMESTAMP;
      case DURATION -> SimpleType.DURATION;
    };
  }

  /// {@return the field type that a derived field of this type has when a caller sends it along}
  static FieldType fieldType(CelType type) {
    return switch (type.kind()) {
      case BOOL -> FieldType.Scalar.BOOL;
      case INT -> FieldType.Scalar.INT;
      case DOUBLE -> FieldType.Scalar.FLOAT64;
      case STRING -> FieldType.Scalar.STRING;
      case BYTES -> FieldType.Scalar.BYTES;
      case TIMESTAMP -> FieldType.Scalar.TIMESTAMP;
      case DURATION -> FieldType.Scalar.DURATION;
      case LIST -> new FieldType.ListOf(fieldType(((ListType) type).elemType()));
      case MAP ->
          ((MapType) type).keyType().equals(SimpleType.STRING)
              ? new FieldType.MapOf(fieldType(((MapType) type).valueType()))
              : new FieldType.Dyn();
      default -> new FieldType.Dyn();
    };
  }

  private static String typeName(StructShape shape) {
    return TypeNames.OBJECT_PREFIX + shape.path();
  }

  Schema schema() {
    return schema;
  }

  /// {@return where the fields are}
  FactLayout layout() {
    return layout;
  }

  /// {@return the names of the objects, in the order of the definition}
  List<String> objects() {
    return objects;
  }

  boolean hasObject(String name) {
    return shapes.containsKey(name);
  }

  StructShape shape(String object) {
    StructShape shape = shapes.get(object);
    if (shape == null) {
      throw new IllegalArgumentException("no such object: " + object);
    }
    return shape;
  }

  /// {@return the shape of the objects of a type}
  Optional<StructShape> shape(CelType type) {
    return Optional.ofNullable(byTypeName.get(type.name()));
  }

  CelType type(String object) {
    return StructTypeReference.create(TypeNames.OBJECT_PREFIX + object);
  }

  CelTypeProvider provider() {
    return new Provider(types);
  }

  @SuppressWarnings("Immutable") // the types are
  private record Provider(ImmutableMap<String, CelType> byName) implements CelTypeProvider {
    @Override
    public ImmutableCollection<CelType> types() {
      return byName.values();
    }

    @Override
    public Optional<CelType> findType(String typeName) {
      return Optional.ofNullable(byName.get(typeName));
    }
  }
}
