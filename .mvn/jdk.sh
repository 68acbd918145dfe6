# Sourced by ./mvnw and ./tenet: sets JAVA_HOME to a JDK 25 or newer, or says what is missing and exits 1.
# Looks at TENET_JAVA_HOME, JAVA_HOME, the java on the PATH, then where systems keep their JDKs.

tenet_jdk_version() { # the feature version of the JDK at $1, from its release file; 0 when it is no JDK
  [ -x "$1/bin/javac" ] || { echo 0; return; }
  tenet_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null) || tenet_version=
  echo "${tenet_version:-0}"
}

tenet_find_jdk() {
  for tenet_home in "${TENET_JAVA_HOME-}" "${JAVA_HOME-}"; do
    if [ -n "$tenet_home" ] && [ "$(tenet_jdk_version "$tenet_home")" -ge 25 ]; then
      echo "$tenet_home"
      return
    fi
  done
  tenet_java=$(command -v java 2>/dev/null) || tenet_java=
  if [ -n "$tenet_java" ]; then
    tenet_java=$(readlink -f "$tenet_java" 2>/dev/null) || tenet_java=
    tenet_home=${tenet_java%/bin/java}
    if [ -n "$tenet_home" ] && [ "$(tenet_jdk_version "$tenet_home")" -ge 25 ]; then
      echo "$tenet_home"
      return
    fi
  fi
  for tenet_home in /usr/lib/jvm/* /usr/java/* /opt/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/*; do
    if [ "$(tenet_jdk_version "$tenet_home")" -ge 25 ]; then
      echo "$tenet_home"
      return
    fi
  done
}

case $- in *f*) tenet_noglob=1; set +f ;; *) tenet_noglob= ;; esac
tenet_jdk=$(tenet_find_jdk)
[ -z "$tenet_noglob" ] || set -f
if [ -z "$tenet_jdk" ]; then
  echo "Tenet needs a JDK 25 or newer and found none." >&2
  echo "Install one (for example Eclipse Temurin 25), or name its folder: TENET_JAVA_HOME=/path/to/jdk-25 $0 ..." >&2
  exit 1
fi
JAVA_HOME=$tenet_jdk
export JAVA_HOME
