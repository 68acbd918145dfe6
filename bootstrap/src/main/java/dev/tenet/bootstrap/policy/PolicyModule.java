package dev.tenet.bootstrap.policy;

/// A folder with a policy.
///
/// @param folder its name
/// @param className the full name of the class
record PolicyModule(
    String folder, String groupId, String artifactId, String version, String className)
    implements Comparable<PolicyModule> {

  @Override
  public int compareTo(PolicyModule other) {
    return folder.compareTo(other.folder);
  }
}
