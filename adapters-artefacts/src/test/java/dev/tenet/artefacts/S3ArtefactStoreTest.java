package dev.tenet.artefacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenet.application.plugin.ArtefactStore;
import dev.tenet.application.plugin.ArtefactStoreContract;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.hash.Sha256;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class S3ArtefactStoreTest extends ArtefactStoreContract {

  private static final String PREFIX = "tenet/code/";
  private static final byte[] CODE = "code".getBytes(UTF_8);

  private @Nullable TestObjectStore objects;
  private @Nullable S3ArtefactStore store;

  @Override
  protected ArtefactStore open() {
    objects = TestObjectStore.start();
    store = S3ArtefactStore.open(settings(TestObjectStore.SECRET_KEY));
    return store;
  }

  private TestObjectStore objects() {
    return requireNonNull(objects);
  }

  private S3ArtefactStore store() {
    return requireNonNull(store);
  }

  private S3Settings settings(String secret) {
    return objects().settings(PREFIX, TestObjectStore.ACCESS_KEY, secret);
  }

  @AfterEach
  void close() {
    store().close();
    objects().close();
  }

  @Override
  protected boolean damage(Sha256 artefact) {
    objects().put(PREFIX + artefact.hex(), "other".getBytes(UTF_8));
    return true;
  }

  @Test
  void anObjectIsCalledByThePrefixAndTheHash() {
    Sha256 artefact = store().keep(CODE);
    assertThat(objects().names()).containsExactly(PREFIX + artefact.hex());
  }

  @Test
  void onlyOwnNamesAreRemovedHoweverManyThereAre() {
    int many = 1_203;
    IntStream.range(0, many)
        .forEach(i -> objects().put(PREFIX + Sha256.of("code " + i).hex(), CODE));
    Sha256 used = Sha256.of("code 777");
    Set<String> others =
        Set.of(
            Sha256.of("another prefix").hex(),
            PREFIX + "notes.txt",
            PREFIX + Sha256.of("longer").hex() + "0",
            PREFIX + "deeper/" + Sha256.of("deeper").hex());
    others.forEach(name -> objects().put(name, CODE));

    assertThat(store().removeUnused(Set.of(used), Instant.now().plusSeconds(60)))
        .isEqualTo(many - 1);
    assertThat(objects().names())
        .hasSize(others.size() + 1)
        .containsAll(others)
        .contains(PREFIX + used.hex());
  }

  @Test
  void aBucketThatIsNotThereIsNamed() {
    S3Settings right = settings(TestObjectStore.SECRET_KEY);
    var wrong = new S3Settings(right.endpoint(), "nowhere", PREFIX, right.region(), right.keys());
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> S3ArtefactStore.open(wrong))
        .withMessage(
            "the bucket \"nowhere\" at %s: there is no such bucket; create it first.",
            right.endpoint());
  }

  @Test
  void keysThatAreRefusedAreNamedWithoutTheSecret() {
    S3Settings wrong = settings("Wr0ngSecret");
    assertThat(wrong.toString()).contains(TestObjectStore.ACCESS_KEY).doesNotContain("Wr0ng");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> S3ArtefactStore.open(wrong))
        .withMessageStartingWith(
            "the bucket \"tenet-code\" at %s: the access key \"TestAccessKey\" is refused;",
            wrong.endpoint())
        .satisfies(e -> assertThat(everything(e)).doesNotContain("Wr0ng"));
    S3Settings unknown = objects().settings(PREFIX, "Nobody", TestObjectStore.SECRET_KEY);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> S3ArtefactStore.open(unknown))
        .withMessageContaining("the access key \"Nobody\" is refused");
  }

  @Test
  void anObjectStoreThatDoesNotAnswerIsUnavailable() {
    Sha256 artefact = store().keep(CODE);
    S3Settings settings = settings(TestObjectStore.SECRET_KEY);
    objects().close();
    String place = "the bucket \"tenet-code\" at " + settings.endpoint();
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(() -> store().find(artefact))
        .withMessageStartingWith(place)
        .satisfies(e -> assertThat(everything(e)).doesNotContain(TestObjectStore.SECRET_KEY));
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(() -> store().keep(CODE))
        .withMessageStartingWith(place);
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(() -> store().removeUnused(Set.of(), Instant.now()))
        .withMessageStartingWith(place);
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(() -> S3ArtefactStore.open(settings))
        .withMessageStartingWith(place);
  }

  private static String everything(Throwable fault) {
    StringWriter text = new StringWriter();
    fault.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
