package dev.tenet.http.routing;

import dev.tenet.domain.uuid.Uuids;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds the routes at a path, one segment after the other: as fast among many routes as among few.
///
/// A segment of a route's path is fixed (`rules`), a parameter (`{ruleId}`), or a parameter with an ending
/// (`{tenantId}:suspend`); the more of it is fixed, the earlier it is tried.
final class RouteTree {

  private static final char SLASH = '/';

  /// A path with parameters in braces, and the routes that have it.
  static final class Place {
    private final String path;
    private final List<String> parameters = new ArrayList<>();
    private final Map<String, Route> routes = new TreeMap<>();

    private Place(String path) {
      this.path = path;
    }

    String path() {
      return path;
    }

    /// {@return the route for a method; that for `GET` answers `HEAD`}
    Optional<Route> route(String method) {
      Route own = routes.get(method);
      return Optional.ofNullable(own == null && method.equals("HEAD") ? routes.get("GET") : own);
    }

    /// {@return the methods that routes have, in the order of the alphabet}
    Set<String> methods() {
      return Collections.unmodifiableSet(routes.keySet());
    }
  }

  /// A place, and what stands in a request's path for its parameters.
  ///
  /// @param path of the request, the ids in it in lower case: there is one spelling for what is judged by it
  /// @param values in the order of the parameters, ids in lower case
  record Found(Place place, String path, List<String> values) {

    private static Found of(Place place, String path, List<String> written) {
      for (String value : written) {
        if (isIdWithCapitals(value)) {
          List<String> values = written.stream().map(Found::inLowerCase).toList();
          return new Found(place, path(place, values), values);
        }
      }
      return new Found(place, path, written);
    }

    private static boolean isIdWithCapitals(String value) {
      return !value.toLowerCase(Locale.ROOT).equals(value) && Uuids.parse(value).isPresent();
    }

    private static String inLowerCase(String value) {
      return isIdWithCapitals(value) ? value.toLowerCase(Locale.ROOT) : value;
    }

    private static String path(Place place, List<String> values) {
      var path = new StringBuilder();
      int at = 0;
      for (String value : values) {
        int brace = place.path.indexOf('{', at);
        path.append(place.path, at, brace).append(value);
        at = place.path.indexOf('}', brace) + 1;
      }
      return path.append(place.path, at, place.path.length()).toString();
    }

    /// {@return what stands for the parameter}
    String value(String parameter) {
      return values.get(place.parameters.indexOf(parameter));
    }
  }

  /// What the paths have in common up to a segment.
  private static final class Node {
    private final List<Step> fixed = new ArrayList<>();
    private final Map<String, Node> endings = new TreeMap<>();
    private @Nullable Node parameter;
    private @Nullable Place place;

    /// {@return what comes after a segment of a route}
    private Node after(String segment) {
      Node known = after(segment, 0, segment.length());
      if (known != null) {
        return known;
      }
      var added = new Step(segment, new Node());
      fixed.add(added);
      return added.next;
    }

    /// {@return what comes after the part of the path, which is compared where it stands: no text is made of it}
    private @Nullable Node after(String path, int from, int to) {
      for (Step step : fixed) {
        if (step.segment.length() == to - from && path.startsWith(step.segment, from)) {
          return step.next;
        }
      }
      return null;
    }
  }

  private record Step(String segment, Node next) {}

  private final Node root = new Node();

  RouteTree(List<Route> routes) {
    routes.forEach(this::add);
  }

  private void add(Route route) {
    var named = new Place(route.path());
    Node node = root;
    for (String segment : segments(route.path())) {
      int end = segment.indexOf('}');
      if (end < 0) {
        node = node.after(segment);
        continue;
      }
      named.parameters.add(segment.substring(1, end));
      node = afterParameter(node, segment.substring(end + 1));
    }
    if (node.place == null) {
      node.place = named;
    }
    if (!node.place.path.equals(route.path())
        || node.place.routes.put(route.method(), route) != null) {
      throw new IllegalArgumentException("two routes for " + route.method() + " " + route.path());
    }
  }

  private static Node afterParameter(Node node, String ending) {
    if (!ending.isEmpty()) {
      return node.endings.computeIfAbsent(ending, _ -> new Node());
    }
    if (node.parameter == null) {
      node.parameter = new Node();
    }
    return node.parameter;
  }

  /// {@return what is at the path of a request}
  Optional<Found> find(String path) {
    if (path.isEmpty() || path.charAt(0) != SLASH) {
      return Optional.empty();
    }
    var values = new ArrayList<String>();
    Place place = find(root, path, 0, values);
    return place == null ? Optional.empty() : Optional.of(Found.of(place, path, values));
  }

  /// @param at the slash before the next segment, or the end of the path
  private static @Nullable Place find(Node node, String path, int at, List<String> values) {
    if (at == path.length()) {
      return node.place;
    }
    int from = at + 1;
    int slash = path.indexOf(SLASH, from);
    int to = slash < 0 ? path.length() : slash;
    Node next = node.after(path, from, to);
    Place place = next == null ? null : find(next, path, to, values);
    if (place != null) {
      return place;
    }
    for (Map.Entry<String, Node> ending : node.endings.entrySet()) {
      int end = to - ending.getKey().length();
      if (end >= from && path.startsWith(ending.getKey(), end)) {
        place = find(ending.getValue(), path, from, end, to, values);
        if (place != null) {
          return place;
        }
      }
    }
    return node.parameter == null ? null : find(node.parameter, path, from, to, to, values);
  }

  /// No parameter is empty.
  ///
  /// @param end of the value that begins at `from`
  /// @param at where the segment ends
  private static @Nullable Place find(
      Node next, String path, int from, int end, int at, List<String> values) {
    if (from == end) {
      return null;
    }
    values.add(path.substring(from, end));
    Place place = find(next, path, at, values);
    if (place == null) {
      values.removeLast();
    }
    return place;
  }

  private static List<String> segments(String path) {
    var segments = new ArrayList<String>();
    int from = 1;
    for (int to = path.indexOf(SLASH, from); to >= 0; to = path.indexOf(SLASH, from)) {
      segments.add(path.substring(from, to));
      from = to + 1;
    }
    segments.add(path.substring(from));
    return segments;
  }
}
