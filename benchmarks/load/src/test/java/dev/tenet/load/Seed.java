package dev.tenet.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Ten tenants of one schema, with ten rules each, of which every set of facts matches one at least.
final class Seed {

  /// A tenant and its rules, by their ids.
  record Tenant(String id, List<String> rules) {
    /// {@return the id of a rule to be changed, by chance; the first one stays as it is and always matches}
    String anyRule() {
      return any(rules.subList(1, rules.size()));
    }
  }

  private static final int TENANTS = 10;

  private static final String SCHEMA =
      """
      {"definition": {"facts":
        {"age": "int", "country": "string", "is_premium": "bool", "purchase_amount": "float64"}}}
      """;

  private static final List<String> DERIVED =
      List.of(
          derived("is_adult", "facts.age >= 18"),
          derived("is_abroad", "!(facts.country in ['US', 'CA'])"));

  private static final List<String> RULES =
      List.of(
          rule("adult", "is_adult"),
          rule("senior", "facts.age >= 65"),
          rule("premium", "facts.is_premium"),
          rule("large purchase", "facts.purchase_amount > 250.0"),
          rule("abroad", "is_abroad"),
          rule("free shipping", "facts.is_premium || facts.purchase_amount >= 50.0"),
          rule("young abroad", "is_abroad && facts.age < 30"),
          rule("check by hand", "is_abroad && !facts.is_premium && facts.purchase_amount > 400.0"),
          rule("known country", "facts.country.matches('^[A-Z]{2}$')"),
          rule(
              "loyal",
              "is_adult && facts.is_premium"
                  + " && (facts.purchase_amount > 100.0 || facts.country.startsWith('U'))"));

  private static final List<String> COUNTRIES = List.of("US", "CA", "GB", "AU");
  private static final Pattern ID = Pattern.compile("\"id\" *: *\"([^\"]+)\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI tenants;
  private final List<Tenant> seeded;

  /// Creates the tenants, with names that no earlier run has used.
  Seed(URI server) {
    tenants = server.resolve("/api/v1/tenants");
    String run = Long.toString(System.currentTimeMillis());
    seeded = Stream.iterate(1, n -> n + 1).limit(TENANTS).map(n -> tenant(run + "-" + n)).toList();
  }

  private Tenant tenant(String name) {
    String id = create("", "{\"name\": \"load-%s\"}".formatted(name));
    send("POST", "/" + id + "/schema", SCHEMA);
    DERIVED.forEach(field -> create("/" + id + "/derived", field));
    return new Tenant(id, RULES.stream().map(rule -> create("/" + id + "/rules", rule)).toList());
  }

  private static String derived(String name, String expression) {
    return "{\"name\": \"%s\", \"expression\": \"%s\"}".formatted(name, expression);
  }

  private static String rule(String name, String expression) {
    return derived(name, expression);
  }

  private String create(String path, String body) {
    Matcher id = ID.matcher(send("POST", path, body));
    if (!id.find()) {
      throw new IllegalStateException("The answer to POST " + tenants + path + " has no id.");
    }
    return id.group(1);
  }

  private String send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(tenants + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      var response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(
            "%s %s: %d %s"
                .formatted(method, request.uri(), response.statusCode(), response.body()));
      }
      return response.body();
    } catch (IOException e) {
      throw new IllegalStateException(
          "There is no server at %s: %s".formatted(tenants.resolve("/"), e), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// {@return one of the tenants, by chance}
  Tenant anyTenant() {
    return any(seeded);
  }

  /// {@return the body of an evaluation, by chance}
  static String evaluation(Tenant tenant) {
    var random = ThreadLocalRandom.current();
    return "{\"tenantId\":\"%s\",\"facts\":{\"age\":%d,\"country\":\"%s\",\"is_premium\":%b,\"purchase_amount\":%s}}"
        .formatted(
            tenant.id(),
            random.nextInt(18, 78),
            any(COUNTRIES),
            random.nextInt(10) < 3,
            String.format(Locale.ROOT, "%.2f", random.nextDouble(500)));
  }

  /// {@return the body of a change of a rule, by chance}
  static String revision() {
    return "{\"expression\": \"facts.age >= %d\"}"
        .formatted(ThreadLocalRandom.current().nextInt(18, 78));
  }

  private static <T> T any(List<T> list) {
    return list.get(ThreadLocalRandom.current().nextInt(list.size()));
  }

  /// Deletes the tenants.
  void delete() {
    seeded.forEach(tenant -> send("DELETE", "/" + tenant.id(), ""));
  }
}
