package dev.tenet.artefacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenet.application.plugin.ArtefactStore;
import dev.tenet.application.plugin.ArtefactStoreContract;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.hash.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class DirectoryArtefactStoreTest extends ArtefactStoreContract {

  private static final byte[] CODE = "code".getBytes(UTF_8);

  @TempDir private Path folder = Path.of("");

  private Path directory() {
    return folder.resolve("plugins/code");
  }

  @Override
  protected ArtefactStore open() {
    return DirectoryArtefactStore.open(directory());
  }

  @Override
  protected boolean damage(Sha256 artefact) {
    try {
      Files.writeString(directory().resolve(artefact.hex()), "other");
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFileIsCalledByTheHashAndThereIsNothingElse() throws IOException {
    Sha256 artefact = open().keep(CODE);
    open().keep(CODE);
    assertThat(names()).containsExactly(artefact.hex());
    assertThat(Files.readAllBytes(directory().resolve(artefact.hex()))).isEqualTo(CODE);
  }

  @Test
  void onlyOwnNamesAreRemovedAndWhatACrashLeft() throws IOException {
    Sha256 artefact = Sha256.of(CODE);
    String fresh = ".%s.2.part".formatted(artefact.hex());
    List<String> others =
        List.of("notes.txt", artefact.hex().substring(1), artefact.hex() + "0", ".hidden.part");
    Sha256 folderLikeCode = Sha256.of("a folder");
    open();
    for (String name : others) {
      Files.setLastModifiedTime(
          Files.write(directory().resolve(name), CODE), FileTime.from(Instant.EPOCH));
    }
    Files.createDirectory(directory().resolve(folderLikeCode.hex()));
    Files.setLastModifiedTime(
        Files.write(directory().resolve(".%s.1.part".formatted(artefact.hex())), CODE),
        FileTime.from(Instant.EPOCH));
    Files.write(directory().resolve(fresh), CODE);

    assertThat(open().removeUnused(Set.of(), Instant.now().minusSeconds(60))).isZero();
    assertThat(names())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(others.stream(), Stream.of(folderLikeCode.hex(), fresh)).toList());
  }

  @Test
  void aDirectoryThatIsNoneIsNamed() throws IOException {
    Path file = Files.write(folder.resolve("file"), CODE);
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(() -> DirectoryArtefactStore.open(file))
        .withMessage("the directory %s: it is no directory", file);
  }

  @Test
  void aDirectoryThatIsGoneIsUnavailable() throws IOException {
    ArtefactStore store = open();
    Files.delete(directory());
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(() -> store.keep(CODE))
        .withMessage("the directory %s: it is not there", directory());
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(() -> store.removeUnused(Set.of(), Instant.now()))
        .withMessageStartingWith("the directory " + directory());
  }
}
