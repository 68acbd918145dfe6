package dev.tenet.bootstrap.config;

import dev.tenet.artefacts.S3Settings;
import java.nio.file.Path;

/// Where the code of plugins and scripts is kept.
public sealed interface ArtefactSettings {

  /// In the store that has everything else.
  record Database() implements ArtefactSettings {}

  /// In a directory.
  record Directory(Path directory) implements ArtefactSettings {}

  /// In an object store.
  record ObjectStore(S3Settings settings) implements ArtefactSettings {}
}
