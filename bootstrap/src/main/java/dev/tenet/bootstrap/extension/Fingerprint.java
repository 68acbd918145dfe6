package dev.tenet.bootstrap.extension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/// By what a file that was changed is told from the one that was there before.
///
/// @param file which file has the name now, if the file system says so
record Fingerprint(long size, FileTime modified, @Nullable Object file) {

  static Fingerprint of(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return new Fingerprint(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
  }
}
