package dev.tenet.http.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RouteTreeTest {

  private static final RouteTree TREE =
      tree(
          "GET /",
          "GET /swagger",
          "GET /swagger/",
          "GET /swagger/{file}",
          "GET /tenants",
          "POST /tenants",
          "GET /tenants/{tenantId}",
          "DELETE /tenants/{tenantId}",
          "POST /tenants/{tenantId}:suspend",
          "POST /tenants/{tenantId}/evaluate",
          "POST /tenants/{tenantId}/evaluate:batch",
          "GET /tenants/{tenantId}/versions/{version}",
          "POST /tenants/{tenantId}:suspend/now");

  private static RouteTree tree(String... routes) {
    return new RouteTree(
        Arrays.stream(routes)
            .map(route -> route.split(" ", 2))
            .map(route -> Route.open(route[0], route[1], call -> Answer.empty(204)))
            .toList());
  }

  private static String at(String path) {
    return TREE.find(path)
        .map(found -> found.place().path() + " " + found.values())
        .orElse("nothing");
  }

  @Test
  void aPathIsFoundByItsSegments() {
    assertThat(at("/")).isEqualTo("/ []");
    assertThat(at("/tenants")).isEqualTo("/tenants []");
    assertThat(at("/tenants/7")).isEqualTo("/tenants/{tenantId} [7]");
    assertThat(at("/tenants/7/evaluate")).isEqualTo("/tenants/{tenantId}/evaluate [7]");
    assertThat(at("/tenants/7/versions/2"))
        .isEqualTo("/tenants/{tenantId}/versions/{version} [7, 2]");
  }

  @Test
  void anEndingStandsBeforeAParameter() {
    assertThat(at("/tenants/7:suspend")).isEqualTo("/tenants/{tenantId}:suspend [7]");
    assertThat(at("/tenants/7/evaluate:batch")).isEqualTo("/tenants/{tenantId}/evaluate:batch [7]");
    assertThat(at("/tenants/7:resume")).isEqualTo("/tenants/{tenantId} [7:resume]");
    assertThat(at("/tenants/:suspend")).isEqualTo("/tenants/{tenantId} [:suspend]");
  }

  @Test
  void whatLeadsNowhereIsTriedAnotherWay() {
    assertThat(at("/tenants/7:suspend/now")).isEqualTo("/tenants/{tenantId}:suspend/now [7]");
    assertThat(at("/tenants/7:suspend/evaluate"))
        .isEqualTo("/tenants/{tenantId}/evaluate [7:suspend]");
  }

  @Test
  void slashesCount() {
    assertThat(at("/swagger")).isEqualTo("/swagger []");
    assertThat(at("/swagger/")).isEqualTo("/swagger/ []");
    assertThat(at("/swagger/index.css")).isEqualTo("/swagger/{file} [index.css]");
    assertThat(
            List.of(at("/tenants/"), at("/tenants//evaluate"), at("//tenants"), at("/tenants/7/")))
        .containsOnly("nothing");
    assertThat(List.of(at(""), at("tenants"), at("*"))).containsOnly("nothing");
  }

  @Test
  void aPlaceKnowsItsMethods() {
    RouteTree.Place place = TREE.find("/tenants/7").orElseThrow().place();
    assertThat(place.methods()).containsExactly("DELETE", "GET");
    assertThat(place.route("DELETE").map(Route::method)).contains("DELETE");
    assertThat(place.route("HEAD").map(Route::method)).contains("GET");
    assertThat(place.route("PATCH")).isEqualTo(Optional.empty());
    assertThat(TREE.find("/tenants/7:suspend").orElseThrow().place().route("HEAD")).isEmpty();
  }

  @Test
  void parametersHaveNames() {
    RouteTree.Found found = TREE.find("/tenants/7/versions/2").orElseThrow();
    assertThat(found.value("tenantId")).isEqualTo("7");
    assertThat(found.value("version")).isEqualTo("2");
  }

  @Test
  void idsAreInLowerCase() {
    String id = "01a202e4-0000-7000-8000-00000000abcd";
    RouteTree.Found found =
        TREE.find("/tenants/" + id.toUpperCase(Locale.ROOT) + "/versions/V1").orElseThrow();
    assertThat(found.values()).containsExactly(id, "V1");
    assertThat(found.path()).isEqualTo("/tenants/" + id + "/versions/V1");
    assertThat(TREE.find("/tenants/ABC").orElseThrow().path()).isEqualTo("/tenants/ABC");
    assertThat(
            TREE.find("/tenants/{version}/versions/" + id.toUpperCase(Locale.ROOT))
                .orElseThrow()
                .path())
        .isEqualTo("/tenants/{version}/versions/" + id);
  }

  @Test
  void noTwoRoutesAreTheSame() {
    assertThatThrownBy(() -> tree("GET /a/{b}", "GET /a/{b}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two routes for GET /a/{b}");
    assertThatThrownBy(() -> tree("GET /a/{b}", "PUT /a/{c}"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
