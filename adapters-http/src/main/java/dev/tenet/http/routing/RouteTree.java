package dev.tenet.http.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
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
  record Found(Place place, List<String> values) {

    /// {@return what stands for the parameter}
    String value(String parameter) {
      return values.get(place.parameters.indexOf(parameter));
    }
  }

  /// What the paths have in common up to a segment.
  private static final class Node {
    private final Map<String, Node> fixed = new HashMap<>();
    private final Map<String, Node> endings = new TreeMap<>();
    private @Nullable Node parameter;
    private @Nullable Place place;
  }

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
        node = node.fixed.computeIfAbsent(segment, _ -> new Node());
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
    Place place = find(root, segments(path), 0, values);
    return place == null ? Optional.empty() : Optional.of(new Found(place, values));
  }

  private static @Nullable Place find(
      Node node, List<String> segments, int at, List<String> values) {
    if (at == segments.size()) {
      return node.place;
    }
    String segment = segments.get(at);
    Node next = node.fixed.get(segment);
    Place place = next == null ? null : find(next, segments, at + 1, values);
    if (place != null) {
      return place;
    }
    for (Map.Entry<String, Node> ending : node.endings.entrySet()) {
      if (segment.endsWith(ending.getKey())) {
        String value = segment.substring(0, segment.length() - ending.getKey().length());
        place = find(ending.getValue(), value, segments, at, values);
        if (place != null) {
          return place;
        }
      }
    }
    return node.parameter == null ? null : find(node.parameter, segment, segments, at, values);
  }

  /// No parameter is empty.
  private static @Nullable Place find(
      Node next, String value, List<String> segments, int at, List<String> values) {
    if (value.isEmpty()) {
      return null;
    }
    values.add(value);
    Place place = find(next, segments, at + 1, values);
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
